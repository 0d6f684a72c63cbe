using System.Collections.Immutable;
using System.Numerics;

namespace FedActors.Models.Randomness;

/// <summary>
/// A small, fast generator whose sequence depends on its seed alone: xoshiro256** (Blackman and Vigna, 2018),
/// seeded through SplitMix64. Not safe for use by several threads at once, and not for cryptography.
/// </summary>
/// <remarks>
/// Integer draws are the same on every platform. <see cref="NextGaussian"/> and <see cref="NextLogGamma"/> go through the
/// platform's logarithm, whose last bit may differ between operating systems.
/// </remarks>
public sealed class SeededRandom
{
    private const int StateWords = 4;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the sequence that belongs to <paramref name="seed"/>. Any value is a good seed.</summary>
    /// <param name="seed">The seed; <see cref="Seeds.Derive"/> makes independent ones out of one.</param>
    public SeededRandom(ulong seed)
    {
        _s0 = SplitMix64.Next(ref seed);
        _s1 = SplitMix64.Next(ref seed);
        _s2 = SplitMix64.Next(ref seed);
        _s3 = SplitMix64.Next(ref seed);
    }

    private SeededRandom(ImmutableArray<ulong> state) =>
        (_s0, _s1, _s2, _s3) = (state[0], state[1], state[2], state[3]);

    /// <summary>The four words that, given to <see cref="FromState"/>, continue the sequence from here.</summary>
    public ImmutableArray<ulong> State => [_s0, _s1, _s2, _s3];

    /// <summary>Continues a sequence that <see cref="State"/> has recorded.</summary>
    /// <param name="state">Four words, not all zero.</param>
    /// <returns>A generator that draws what the recorded one would have drawn next.</returns>
    /// <exception cref="ArgumentException">There are not four words, or all are zero (xoshiro's one dead state).</exception>
    public static SeededRandom FromState(ImmutableArray<ulong> state)
    {
        if (state.IsDefault || state.Length != StateWords || state.All(word => word == 0))
        {
            throw new ArgumentException("A generator's state is four words that are not all zero.", nameof(state));
        }

        return new SeededRandom(state);
    }

    /// <summary>Draws 64 uniform bits.</summary>
    /// <returns>Any <see cref="ulong"/>, all equally likely.</returns>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Draws a uniform number in [0, 1) with 53 random bits.</summary>
    /// <returns>A multiple of 2^-53.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a uniform integer in [0, <paramref name="max"/>) without bias (Lemire, 2019).</summary>
    /// <param name="max">The exclusive upper bound, at least 1.</param>
    /// <returns>An integer from 0 to <paramref name="max"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is less than 1.</exception>
    public int NextInt(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var bound = (uint)max;
        var product = (ulong)(uint)(NextUInt64() >> 32) * bound;
        if ((uint)product < bound)
        {
            var threshold = (uint)-(int)bound % bound;
            while ((uint)product < threshold)
            {
                product = (ulong)(uint)(NextUInt64() >> 32) * bound;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Draws from the standard normal distribution N(0, 1) (Box and Muller, 1958).</summary>
    /// <returns>A finite number.</returns>
    /// <remarks>The second number of each pair is thrown away, so that <see cref="State"/> is all there is to save.</remarks>
    public double NextGaussian()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Draws the logarithm of a Gamma(<paramref name="shape"/>, 1) variable (Marsaglia and Tsang, 2000).</summary>
    /// <param name="shape">The shape, positive and finite.</param>
    /// <returns>The logarithm, because a draw with a small shape is often too small for a <see cref="double"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shape"/> is not positive and finite.</exception>
    public double NextLogGamma(double shape)
    {
        if (!(shape > 0) || !double.IsFinite(shape))
        {
            throw new ArgumentOutOfRangeException(nameof(shape), shape, "The shape of a gamma variable is positive and finite.");
        }

        // Below 1 the method does not apply: draw with shape + 1 and multiply by U^(1/shape).
        var boost = shape < 1 ? Math.Log(1 - NextDouble()) / shape : 0;
        var d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3.0);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextGaussian();
            var v = 1 + (c * x);
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (Math.Log(1 - NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return Math.Log(d * v) + boost;
            }
        }
    }

    /// <summary>Puts <paramref name="items"/> into a uniformly random order (Fisher and Yates).</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items to shuffle in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
