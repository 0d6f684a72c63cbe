using System.IO.Hashing;

namespace FedActors.Models.Parameters;

/// <summary>
/// Puts a vector together from bytes that come in pieces, in order, and hashes them on the way, so that a vector of any
/// size is held and read once. One thread at a time may write; any may see how far it is.
/// </summary>
public sealed class ParameterVectorBuilder
{
    private readonly byte[] _bytes;
    private readonly XxHash128 _hash = new();
    private int _received;

    /// <summary>Begins a vector.</summary>
    /// <param name="length">How many numbers it will have, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public ParameterVectorBuilder(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _bytes = VectorMemory.Allocate(length);
    }

    /// <summary>Bytes of the whole vector.</summary>
    public int Size => _bytes.Length;

    /// <summary>Bytes that are there.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>Where the next little-endian bytes go, as many as are missing; then call <see cref="Advance"/>.</summary>
    public Memory<byte> Missing => _bytes.AsMemory(_received);

    /// <summary>Takes in bytes that were written to the beginning of <see cref="Missing"/>.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or more than are missing.</exception>
    public void Advance(int count)
    {
        _hash.Append(_bytes.AsSpan(_received, count));
        Volatile.Write(ref _received, _received + count);
    }

    /// <summary>Makes the vector of all that came. The builder is of no use afterwards.</summary>
    /// <returns>The vector, with its hash.</returns>
    /// <exception cref="InvalidOperationException">Bytes are missing.</exception>
    public ParameterVector Build() => Received == Size
        ? ParameterVector.Adopt(_bytes, Convert.ToHexStringLower(_hash.GetCurrentHash()))
        : throw new InvalidOperationException($"The vector lacks {Size - Received} bytes of {Size}.");
}
