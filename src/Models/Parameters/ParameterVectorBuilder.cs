using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace FedActors.Models.Parameters;

/// <summary>
/// Puts a vector together from bytes that come in pieces, in order, and hashes them on the way, so that a vector of any
/// size is held and read once. Not for use by two threads at a time.
/// </summary>
public sealed class ParameterVectorBuilder
{
    private readonly float[] _values;
    private readonly XxHash128 _hash = new();

    /// <summary>Begins a vector.</summary>
    /// <param name="length">How many numbers it will have, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public ParameterVectorBuilder(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _values = VectorMemory.Allocate(length);
    }

    /// <summary>Bytes of the whole vector.</summary>
    public long Size => (long)_values.Length * sizeof(float);

    /// <summary>Bytes appended so far.</summary>
    public long Received { get; private set; }

    /// <summary>Appends the next little-endian bytes.</summary>
    /// <param name="bytes">No more than are missing.</param>
    /// <exception cref="ArgumentException">There are more bytes than are missing.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size - Received)
        {
            throw new ArgumentException($"{bytes.Length} bytes are too many: the vector lacks {Size - Received}.", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.AsBytes(_values.AsSpan())[(int)Received..]);
        _hash.Append(bytes);
        Received += bytes.Length;
    }

    /// <summary>Makes the vector of what was appended. The builder is of no use afterwards.</summary>
    /// <returns>The vector, with its hash.</returns>
    /// <exception cref="InvalidOperationException">Bytes are missing.</exception>
    public ParameterVector Build() => Received == Size
        ? ParameterVector.Adopt(_values, Convert.ToHexStringLower(_hash.GetCurrentHash()))
        : throw new InvalidOperationException($"The vector lacks {Size - Received} bytes of {Size}.");
}
