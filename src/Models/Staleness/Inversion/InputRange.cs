using System.Collections.Immutable;
using FedActors.Models.Data;
using FedActors.Models.Parameters;
using FedActors.Models.Tensors;
using static TorchSharp.torch;

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

    /// <summary>The bounds as float32 tensors [1, channels, 1, 1], in the caller's dispose scope.</summary>
    internal (Tensor Lowest, Tensor Highest) ToTensors(TensorDevice device)
    {
        return (Bound(Lowest), Bound(Highest));

        Tensor Bound(ImmutableArray<float> values) =>
            TensorValues.FromVector(ParameterVector.FromSpan(values.AsSpan()), [1, values.Length, 1, 1], device);
    }
}
