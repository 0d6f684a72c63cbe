using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// Counter-based random numbers (Philox 4x32 with ten rounds; Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
/// The state is a seed and a position, so it is small to save and the same on all machines. Not safe for concurrent use.
/// </summary>
internal sealed unsafe class Philox
{
    private readonly uint[] _block = new uint[4];
    private ulong _counter;
    private int _used = 4;

    public Philox(ulong seed)
    {
        Seed = seed;
    }

    /// <summary>What the stream was started with.</summary>
    public ulong Seed { get; }

    /// <summary>Numbers of 32 bits drawn so far; setting it moves to that place in the stream.</summary>
    public ulong Position
    {
        get => _used == 4 ? _counter * 4 : (_counter - 1) * 4 + (ulong)_used;
        set
        {
            _counter = value / 4;
            _used = 4;
            for (var skip = value % 4; skip > 0; skip--)
            {
                NextUInt32();
            }
        }
    }

    /// <summary>Next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            Generate(_counter++);
            _used = 0;
        }

        return _block[_used++];
    }

    /// <summary>Next 64 random bits.</summary>
    public ulong NextUInt64() => (ulong)NextUInt32() << 32 | NextUInt32();

    /// <summary>Uniform in [0, 1) with 24 bits.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform integer in [low, high) without bias.</summary>
    public long NextInteger(long low, long high)
    {
        var range = (ulong)(high - low);
        if (range == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(high));
        }

        // Multiplication maps 64 bits onto the range; the few products that would favour some results are drawn again.
        var product = (UInt128)NextUInt64() * range;
        if ((ulong)product < range)
        {
            var uneven = (0UL - range) % range;
            while ((ulong)product < uneven)
            {
                product = (UInt128)NextUInt64() * range;
            }
        }

        return low + (long)(ulong)(product >> 64);
    }

    /// <summary>Fills with uniform numbers in [low, high).</summary>
    public void FillUniform(float* result, long count, float low = 0, float high = 1)
    {
        for (long i = 0; i < count; i++)
        {
            result[i] = low + (high - low) * NextSingle();
        }
    }

    /// <summary>Fills with normal numbers (Box and Muller's method, two at a time).</summary>
    public void FillNormal(float* result, long count, float mean = 0, float deviation = 1)
    {
        for (long i = 0; i < count; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * NextDouble());
            result[i] = mean + deviation * (float)(radius * cos);
            if (i + 1 < count)
            {
                result[i + 1] = mean + deviation * (float)(radius * sin);
            }
        }
    }

    /// <summary>Fills with integers in [low, high).</summary>
    public void FillIntegers(long* result, long count, long low, long high)
    {
        for (long i = 0; i < count; i++)
        {
            result[i] = NextInteger(low, high);
        }
    }

    /// <summary>Fills with a random order of 0 … count − 1 (Fisher and Yates).</summary>
    public void FillPermutation(long* result, long count)
    {
        for (long i = 0; i < count; i++)
        {
            var other = NextInteger(0, i + 1);
            result[i] = result[other];
            result[other] = i;
        }
    }

    private void Generate(ulong counter)
    {
        var (x0, x1, x2, x3) = ((uint)counter, (uint)(counter >> 32), 0u, 0u);
        var (k0, k1) = ((uint)Seed, (uint)(Seed >> 32));
        for (var round = 0; round < 10; round++)
        {
            (x0, x1, x2, x3) = Round(x0, x1, x2, x3, k0, k1);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        (_block[0], _block[1], _block[2], _block[3]) = (x0, x1, x2, x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (uint X0, uint X1, uint X2, uint X3) Round(uint x0, uint x1, uint x2, uint x3, uint k0, uint k1)
    {
        var a = (ulong)x0 * 0xD2511F53;
        var b = (ulong)x2 * 0xCD9E8D57;
        return ((uint)(b >> 32) ^ x1 ^ k0, (uint)b, (uint)(a >> 32) ^ x3 ^ k1, (uint)a);
    }
}
