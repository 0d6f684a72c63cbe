using FedActors.Models.Parameters;
using FedActors.Models.Randomness;

namespace FedActors.Models.Networks;

/// <summary>The default initialisation of PyTorch's linear, convolution and normalisation layers.</summary>
internal static class UniformInitialization
{
    public static ParameterVector Draw(ParameterLayout layout, ulong seed)
    {
        var random = new SeededRandom(Seeds.Derive(seed, "initialization"));
        return ParameterVector.Create(layout.Count, values =>
        {
            var bound = 0.0;
            foreach (var entry in layout.Entries)
            {
                var target = values.Slice(entry.Offset, entry.Count);
                var isBias = entry.Name.EndsWith(".bias", StringComparison.Ordinal);
                if (IsNormalization(entry.Name))
                {
                    target.Fill(isBias ? 0 : 1);
                    continue;
                }

                // A bias follows its weight in every layout, and shares its bound.
                bound = isBias ? bound : 1 / Math.Sqrt(entry.Count / (double)entry.Shape[0]);
                foreach (ref var value in target)
                {
                    value = (float)(bound * ((2 * random.NextDouble()) - 1));
                }
            }
        });
    }

    private static bool IsNormalization(string name) => name.Contains("norm", StringComparison.Ordinal);
}
