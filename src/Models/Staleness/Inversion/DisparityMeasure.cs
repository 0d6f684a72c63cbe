using FedActors.Models.Parameters;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>How far two updates are apart.</summary>
public static class DisparityMeasure
{
    /// <summary>Measures d(left, right) over all coordinates.</summary>
    /// <param name="disparity">d.</param>
    /// <param name="left">One update.</param>
    /// <param name="right">The other, equally long.</param>
    /// <returns>At least 0, and 0 for equal updates.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Between(Disparity disparity, ParameterVector left, ParameterVector right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return disparity switch
        {
            Disparity.L1 => left.Subtract(right).L1Norm(),
            Disparity.L2 => Math.Pow(left.Subtract(right).L2Norm(), 2),
            Disparity.Cosine => 1 - left.Cosine(right),
            _ => throw new ArgumentOutOfRangeException(nameof(disparity), disparity, "Unknown disparity."),
        };
    }
}
