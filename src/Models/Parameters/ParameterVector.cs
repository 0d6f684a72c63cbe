using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace FedActors.Models.Parameters;

/// <summary>
/// An immutable flat vector of float32 numbers: the parameters of a network, or an update to them. Safe to share
/// between threads and to send in messages.
/// </summary>
/// <remarks>
/// All results depend on the numbers alone, never on the thread, the memory address or the width of the machine's
/// vector registers, so that a run gives the same bits everywhere.
/// </remarks>
public sealed class ParameterVector : IEquatable<ParameterVector>
{
    private readonly byte[] _bytes;
    private readonly int _start;
    private string? _hash;

    private ParameterVector(byte[] bytes, int start = 0)
    {
        _bytes = bytes;
        _start = start;
    }

    /// <summary>How many numbers there are.</summary>
    public int Length => Span.Length;

    /// <summary>The numbers, in layout order.</summary>
    public ReadOnlySpan<float> Span => MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(_start));

    /// <summary>The numbers as little-endian bytes, in the form in which they are stored and sent.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(_start);

    /// <summary>
    /// The XXH3 hash of the numbers' little-endian bytes in 128 bits, as 32 hexadecimal digits in lower case. It tells
    /// contents apart and finds damage as quickly as memory is read; it is no proof against forgery.
    /// </summary>
    public string Hash => _hash ??= Convert.ToHexStringLower(XxHash128.Hash(Bytes.Span));

    /// <summary>Makes a vector of zeros.</summary>
    /// <param name="length">The number of zeros, at least 0.</param>
    /// <returns>The vector.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static ParameterVector Zeros(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new ParameterVector(VectorMemory.AllocateZeros(length));
    }

    /// <summary>Makes a vector of a copy of <paramref name="values"/>.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>The vector.</returns>
    public static ParameterVector FromSpan(ReadOnlySpan<float> values)
    {
        var copy = VectorMemory.Allocate(values.Length);
        values.CopyTo(VectorMemory.Numbers(copy));
        return new ParameterVector(copy);
    }

    /// <summary>Makes a vector of a message's bytes without a copy.</summary>
    /// <param name="message">Little-endian float32 values from <paramref name="start"/> on. It must not be written to again.</param>
    /// <param name="start">Where the values begin, a multiple of 4.</param>
    /// <returns>The vector.</returns>
    /// <exception cref="ArgumentException">There are no whole, aligned values.</exception>
    public static ParameterVector OfMessage(byte[] message, int start)
    {
        ArgumentNullException.ThrowIfNull(message);
        return start >= 0 && start <= message.Length && start % sizeof(float) == 0 && (message.Length - start) % sizeof(float) == 0
            ? new ParameterVector(message, start)
            : throw new ArgumentException($"{message.Length} bytes hold no float32 values from byte {start} on.", nameof(message));
    }

    /// <summary>Makes a vector that <paramref name="initialize"/> fills in place, without a copy.</summary>
    /// <param name="length">The length, at least 0.</param>
    /// <param name="initialize">Writes the numbers; it is given zeros and must not keep the span.</param>
    /// <returns>The vector.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static ParameterVector Create(int length, Action<Span<float>> initialize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentNullException.ThrowIfNull(initialize);
        var values = VectorMemory.AllocateZeros(length);
        initialize(VectorMemory.Numbers(values));
        return new ParameterVector(values);
    }

    /// <summary>Adds another vector of the same length.</summary>
    /// <param name="other">The vector to add.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public ParameterVector Add(ParameterVector other)
    {
        EnsureSameLength(other);
        var sum = VectorMemory.Allocate(Length);
        TensorPrimitives.Add(Span, other.Span, VectorMemory.Numbers(sum));
        return new ParameterVector(sum);
    }

    /// <summary>Subtracts another vector of the same length.</summary>
    /// <param name="other">The vector to subtract.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public ParameterVector Subtract(ParameterVector other)
    {
        EnsureSameLength(other);
        var difference = VectorMemory.Allocate(Length);
        TensorPrimitives.Subtract(Span, other.Span, VectorMemory.Numbers(difference));
        return new ParameterVector(difference);
    }

    /// <summary>Multiplies every number by <paramref name="factor"/>, rounded to float32 first.</summary>
    /// <param name="factor">The factor.</param>
    /// <returns>The product.</returns>
    public ParameterVector Scale(double factor)
    {
        var product = VectorMemory.Allocate(Length);
        TensorPrimitives.Multiply(Span, (float)factor, VectorMemory.Numbers(product));
        return new ParameterVector(product);
    }

    /// <summary>Multiplies coordinate by coordinate with another vector of the same length.</summary>
    /// <param name="other">The other factor.</param>
    /// <returns>this ⊙ <paramref name="other"/>.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public ParameterVector Multiply(ParameterVector other)
    {
        EnsureSameLength(other);
        var product = VectorMemory.Allocate(Length);
        TensorPrimitives.Multiply(Span, other.Span, VectorMemory.Numbers(product));
        return new ParameterVector(product);
    }

    /// <summary>Adds <paramref name="factor"/> (rounded to float32) times another vector of the same length.</summary>
    /// <param name="other">The vector to add a multiple of.</param>
    /// <param name="factor">The multiple.</param>
    /// <returns>this + <paramref name="factor"/> · <paramref name="other"/>.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public ParameterVector AddScaled(ParameterVector other, double factor)
    {
        EnsureSameLength(other);
        var sum = VectorMemory.Allocate(Length);
        TensorPrimitives.MultiplyAdd(other.Span, (float)factor, Span, VectorMemory.Numbers(sum));
        return new ParameterVector(sum);
    }

    /// <summary>The inner product with another vector of the same length, accumulated in float64.</summary>
    /// <param name="other">The other factor.</param>
    /// <returns>Σ this·other.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public double Dot(ParameterVector other)
    {
        EnsureSameLength(other);
        return OrderedSums.OfProducts(Span, other.Span);
    }

    /// <summary>The sum of magnitudes, accumulated in float64.</summary>
    /// <returns>Σ |this|, at least 0.</returns>
    public double L1Norm() => OrderedSums.OfMagnitudes(Span);

    /// <summary>The Euclidean length, accumulated in float64.</summary>
    /// <returns>√Σ this², at least 0.</returns>
    public double L2Norm() => Math.Sqrt(OrderedSums.OfProducts(Span, Span));

    /// <summary>The greatest magnitude.</summary>
    /// <returns>max |this|, at least 0; 0 for an empty vector and NaN where a number is NaN.</returns>
    public float MaxAbs() => Length == 0 ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(Span));

    /// <summary>The cosine of the angle to another vector of the same length.</summary>
    /// <param name="other">The other vector.</param>
    /// <returns>From −1 to 1; 0 where either vector is zero, since it has no direction.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public double Cosine(ParameterVector other)
    {
        var norms = L2Norm() * other.L2Norm();
        return norms == 0 ? 0 : Math.Clamp(Dot(other) / norms, -1, 1);
    }

    /// <summary>Whether no number is NaN or infinite.</summary>
    /// <returns><see langword="true"/> when all are finite.</returns>
    public bool IsFinite() => Length == 0 || TensorPrimitives.IsFiniteAll(Span);

    /// <summary>Marks the coordinates of greatest magnitude.</summary>
    /// <param name="keep">The fraction to keep, in (0, 1]; its product with the length is rounded down, but to no less than 1.</param>
    /// <returns>A mask that keeps exactly that many; of equal magnitudes the earlier coordinate is kept.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keep"/> is outside (0, 1].</exception>
    public ParameterMask TopMagnitudeMask(double keep) => ParameterMask.TopMagnitude(Span, keep);

    /// <summary>Copies the numbers.</summary>
    /// <returns>A new array.</returns>
    public float[] ToArray() => Span.ToArray();

    /// <summary>Two vectors are equal when all their bits are (so that NaN equals itself and 0 differs from −0).</summary>
    /// <param name="other">The vector to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(ParameterVector? other) =>
        other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterVector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        const int Sampled = 16;
        var hash = default(HashCode);
        hash.Add(Length);
        hash.AddBytes(Bytes.Span[..(Math.Min(Sampled, Length) * sizeof(float))]);
        return hash.ToHashCode();
    }

    /// <summary>Wraps an array of <see cref="VectorMemory"/> that nobody else will write to again.</summary>
    internal static ParameterVector Adopt(byte[] values) => new(values);

    /// <summary>Wraps an array of <see cref="VectorMemory"/> that nobody else will write to again, and whose hash is known.</summary>
    internal static ParameterVector Adopt(byte[] values, string hash) => new(values) { _hash = hash };

    private void EnsureSameLength(ParameterVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Length != Length)
        {
            throw new ArgumentException(
                $"The vectors must be equally long, but they have {Length} and {other.Length} numbers.",
                nameof(other));
        }
    }
}
