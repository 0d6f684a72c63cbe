using System.Runtime.InteropServices;
using FedActors.Models.Parameters;
using static TorchSharp.torch;

namespace FedActors.Models.Tensors;

/// <summary>
/// Moves numbers between the managed heap and tensors of any device. Nothing else touches the bytes of a tensor, which can
/// be had on the processor only.
/// </summary>
public static class TensorValues
{
    /// <summary>Copies a vector into a flat tensor.</summary>
    /// <param name="vector">The numbers.</param>
    /// <param name="device">Where the tensor goes.</param>
    /// <returns>A new float32 tensor [length], in the caller's dispose scope.</returns>
    public static Tensor FromVector(ParameterVector vector, TensorDevice device)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return FromVector(vector, [vector.Length], device);
    }

    /// <summary>Copies a vector into a tensor of some shape.</summary>
    /// <param name="vector">The numbers, the last extent's one after another.</param>
    /// <param name="shape">Extents whose product is the vector's length.</param>
    /// <param name="device">Where the tensor goes.</param>
    /// <returns>A new float32 tensor, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The extents' product is another.</exception>
    public static Tensor FromVector(ParameterVector vector, ReadOnlySpan<long> shape, TensorDevice device)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var staged = Stage<float>(shape, ScalarType.Float32, out var values);
        if (values.Length != vector.Length)
        {
            staged.Dispose();
            throw new ArgumentException($"{vector.Length} numbers do not fill [{string.Join(", ", shape.ToArray())}].", nameof(shape));
        }

        vector.Span.CopyTo(values);
        return Place(staged, device);
    }

    /// <summary>Copies a tensor into a vector.</summary>
    /// <param name="tensor">A float32 tensor of any shape and device.</param>
    /// <returns>Its numbers, the last extent's one after another.</returns>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static ParameterVector ToVector(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return ParameterVector.Create(checked((int)tensor.numel()), values => Read(tensor, values));
    }

    /// <summary>Copies a tensor's numbers.</summary>
    /// <param name="tensor">A float32 tensor of any shape and device.</param>
    /// <param name="target">As many numbers as the tensor has.</param>
    /// <exception cref="ArgumentException">It is of another type, or the target has another length.</exception>
    public static void Read(Tensor tensor, Span<float> target)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.dtype != ScalarType.Float32 || tensor.numel() != target.Length)
        {
            throw new ArgumentException(
                $"{target.Length} float32 numbers were expected, not {tensor.numel()} of type {tensor.dtype}.", nameof(tensor));
        }

        using var scope = NewDisposeScope();
        var here = tensor.device_type == TorchSharp.DeviceType.CPU ? tensor : tensor.cpu();
        MemoryMarshal.Cast<byte, float>((here.is_contiguous() ? here : here.contiguous()).bytes).CopyTo(target);
    }

    /// <summary>Makes a tensor on the processor whose numbers are written in place; then <see cref="Place"/> it.</summary>
    /// <param name="shape">Its extents.</param>
    /// <param name="type">The type that <typeparamref name="T"/> is.</param>
    /// <param name="values">Its numbers, which can be anything before they are written.</param>
    internal static Tensor Stage<T>(ReadOnlySpan<long> shape, ScalarType type, out Span<T> values)
        where T : unmanaged
    {
        TorchLibrary.Load();
        var staged = empty(shape, dtype: type);
        values = MemoryMarshal.Cast<byte, T>(staged.bytes);
        return staged;
    }

    /// <summary>Moves a tensor to its device. On the processor it is there already.</summary>
    internal static Tensor Place(Tensor staged, TensorDevice device)
    {
        if (device.IsCpu)
        {
            return staged;
        }

        using (staged)
        {
            return staged.to(device.Torch);
        }
    }
}
