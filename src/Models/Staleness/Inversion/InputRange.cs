using System.Collections.Immutable;
using FedActors.Models.Data;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>What a valid input can be, channel by channel, after normalisation: the images of pixels 0 and 1.</summary>
/// <param name="Lowest">The least value of each channel.</param>
/// <param name="Highest">The greatest value of each channel.</param>
public sealed record InputRange(ImmutableArray<float> Lowest, ImmutableArray<float> Highest)
{
    /// <summary>The range of a set's images: (0 − mean) / deviation to (1 − mean) / deviation.</summary>
    public static InputRange Of(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new InputRange(Normalized(0), Normalized(1));

        ImmutableArray<float> Normalized(double pixel) =>
            [.. images.Mean.Zip(images.Deviation, (mean, deviation) => (float)((pixel - mean) / deviation))];
    }

    /// <summary>Moves what lies outside to the nearest bound.</summary>
    /// <param name="inputs">Inputs one after another, each channel by channel.</param>
    /// <param name="plane">Values of one channel of one input.</param>
    internal void Clamp(Span<float> inputs, int plane)
    {
        for (var channel = 0; !inputs.IsEmpty; channel = (channel + 1) % Lowest.Length)
        {
            var values = inputs[..plane];
            System.Numerics.Tensors.TensorPrimitives.Clamp(values, Lowest[channel], Highest[channel], values);
            inputs = inputs[plane..];
        }
    }
}
