using System.Runtime.InteropServices;
using FedActors.Models.Parameters;
using static TorchSharp.torch;

namespace FedActors.Models.Networks;

/// <summary>Turns flat parameter vectors into the tensors that a network takes, and back.</summary>
public static class ParameterTensors
{
    /// <summary>Copies a vector into one leaf tensor for each entry of a layout.</summary>
    /// <param name="layout">Names and shapes.</param>
    /// <param name="vector">The numbers; as many as the layout has.</param>
    /// <param name="requiresGrad">Whether gradients are wanted with respect to the tensors.</param>
    /// <returns>New float32 tensors in layout order, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The vector does not fit the layout.</exception>
    public static Tensor[] Split(ParameterLayout layout, ParameterVector vector, bool requiresGrad = false)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.EnsureFits(vector, nameof(vector));
        var tensors = new Tensor[layout.Entries.Length];
        for (var index = 0; index < tensors.Length; index++)
        {
            var entry = layout.Entries[index];
            tensors[index] = empty(entry.Shape.AsSpan(), dtype: ScalarType.Float32, requires_grad: requiresGrad);
            MemoryMarshal.AsBytes(vector.Span.Slice(entry.Offset, entry.Count)).CopyTo(tensors[index].bytes);
        }

        return tensors;
    }

    /// <summary>Copies tensors, one for each entry of a layout, into a flat vector.</summary>
    /// <param name="layout">Names and shapes.</param>
    /// <param name="tensors">Float32 tensors in layout order, each with as many numbers as its entry.</param>
    /// <returns>The vector.</returns>
    /// <exception cref="ArgumentException">There are more or fewer tensors or numbers than the layout has.</exception>
    public static ParameterVector Join(ParameterLayout layout, IReadOnlyList<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count != layout.Entries.Length)
        {
            throw new ArgumentException(
                $"The layout has {layout.Entries.Length} parameters, but there are {tensors.Count} tensors.",
                nameof(tensors));
        }

        return ParameterVector.Create(layout.Count, values =>
        {
            for (var index = 0; index < tensors.Count; index++)
            {
                var entry = layout.Entries[index];
                if (tensors[index].numel() != entry.Count)
                {
                    throw new ArgumentException(
                        $"Parameter '{entry.Name}' has {entry.Count} numbers, but its tensor has {tensors[index].numel()}.",
                        nameof(tensors));
                }

                if (tensors[index].dtype != ScalarType.Float32)
                {
                    throw new ArgumentException($"Parameter '{entry.Name}' is of type {tensors[index].dtype}, not float32.", nameof(tensors));
                }

                // Bytes can only be had of contiguous tensors, which these nearly always are: then nothing is copied in between.
                using var contiguous = tensors[index].contiguous();
                MemoryMarshal.Cast<byte, float>(contiguous.bytes).CopyTo(values.Slice(entry.Offset, entry.Count));
            }
        });
    }
}
