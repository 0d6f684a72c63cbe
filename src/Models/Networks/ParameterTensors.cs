using FedActors.Models.Parameters;
using static TorchSharp.torch;

namespace FedActors.Models.Networks;

/// <summary>Reads a flat tensor of parameters as a network does.</summary>
public static class ParameterTensors
{
    /// <summary>Makes a view for each entry of a layout. Gradients go through it to the flat tensor.</summary>
    /// <param name="layout">Names and shapes.</param>
    /// <param name="flat">The parameters in layout order, [<see cref="ParameterLayout.Count"/>].</param>
    /// <returns>Tensors in layout order that share the flat one's memory, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The tensor does not fit the layout.</exception>
    public static Tensor[] Split(ParameterLayout layout, Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(flat);
        if (flat.dim() != 1 || flat.numel() != layout.Count)
        {
            throw new ArgumentException(
                $"The layout has {layout.Count} numbers, but the tensor is [{string.Join(", ", flat.shape)}].", nameof(flat));
        }

        var parts = flat.split([.. layout.Entries.Select(entry => (long)entry.Count)]);
        return [.. parts.Zip(layout.Entries, (part, entry) => part.view([.. entry.Shape]))];
    }
}
