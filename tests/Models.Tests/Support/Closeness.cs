using FedActors.Models.Parameters;

namespace FedActors.Models.Tests.Support;

/// <summary>Distances between what was computed and a reference.</summary>
internal static class Closeness
{
    /// <summary>The norm of the difference over the norm of the reference.</summary>
    public static double RelativeError(ReadOnlySpan<float> actual, ReadOnlySpan<float> reference)
    {
        var expected = ParameterVector.FromSpan(reference);
        return ParameterVector.FromSpan(actual).Subtract(expected).L2Norm() / expected.L2Norm();
    }

    public static double Cosine(ReadOnlySpan<float> actual, ReadOnlySpan<float> reference) =>
        ParameterVector.FromSpan(actual).Cosine(ParameterVector.FromSpan(reference));
}
