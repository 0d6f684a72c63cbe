using FedActors.Models.Parameters;
using FedActors.Models.Randomness;

namespace FedActors.Models.Tests.Support;

/// <summary>Vectors drawn from N(0, 1).</summary>
internal static class Gaussian
{
    public static ParameterVector Vector(int length, ulong seed) => ParameterVector.Create(length, values =>
    {
        var random = new SeededRandom(seed);
        foreach (ref var value in values)
        {
            value = (float)random.NextGaussian();
        }
    });
}
