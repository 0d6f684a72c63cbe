using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FedActors.Models.Parameters;

/// <summary>One tensor of a <see cref="SafetensorsFile"/>.</summary>
public sealed class StoredTensor
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal StoredTensor(string name, string elementType, ImmutableArray<long> shape, ReadOnlyMemory<byte> bytes)
    {
        Name = name;
        ElementType = elementType;
        Shape = shape;
        _bytes = bytes;
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>The format's name of the element type, for example <c>F32</c> or <c>I64</c>.</summary>
    public string ElementType { get; }

    /// <summary>The extents, outermost first; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>How many elements the tensor has: the product of <see cref="Shape"/>.</summary>
    public int Count => _bytes.Length / SafetensorsFormat.ElementSize(ElementType);

    /// <summary>The elements of an <c>F32</c> tensor.</summary>
    /// <returns>A copy of <see cref="Count"/> numbers, the last extent varying fastest.</returns>
    /// <exception cref="InvalidDataException">The elements are of another type.</exception>
    public float[] ToFloats() => Read<float>("F32");

    /// <summary>The elements of an <c>I64</c> tensor.</summary>
    /// <returns>A copy of <see cref="Count"/> integers, the last extent varying fastest.</returns>
    /// <exception cref="InvalidDataException">The elements are of another type.</exception>
    public long[] ToIntegers() => Read<long>("I64");

    private T[] Read<T>(string expected)
        where T : struct
    {
        if (ElementType != expected)
        {
            throw new InvalidDataException($"Tensor '{Name}' holds {ElementType} elements where {expected} was expected.");
        }

        // Copied as bytes: the data of a file need not be aligned for T.
        var elements = new T[Count];
        _bytes.Span.CopyTo(MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }
}
