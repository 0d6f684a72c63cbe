using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>
/// Checks done before any differentiation: an error inside libtorch's gradient ends the process, since TorchSharp does not
/// catch it.
/// </summary>
internal static class InversionChecks
{
    public static void EnsureValid(INetwork network, ParameterVector start, UnrolledDescent descent)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(descent);
        network.Layout.EnsureFits(start, nameof(start));
        descent.Validate();
    }

    public static void EnsureFits(INetwork network, Tensor inputs, Tensor labelLogits)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labelLogits);
        var count = inputs.shape.Length > 0 ? inputs.shape[0] : 0;
        Ensure(inputs, [count, network.Input.Channels, network.Input.Height, network.Input.Width], nameof(inputs));
        Ensure(labelLogits, [count, network.Classes], nameof(labelLogits));
    }

    private static void Ensure(Tensor tensor, long[] shape, string argument)
    {
        if (tensor.dtype != ScalarType.Float32 || shape[0] == 0 || !tensor.shape.AsSpan().SequenceEqual(shape))
        {
            throw new ArgumentException(
                $"A float32 tensor [{string.Join(", ", shape)}] with at least one row was expected, "
                + $"not {tensor.dtype} [{string.Join(", ", tensor.shape)}].",
                argument);
        }
    }
}
