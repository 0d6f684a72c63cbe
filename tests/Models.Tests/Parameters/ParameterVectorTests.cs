using System.Runtime.InteropServices;
using FedActors.Models.Parameters;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Parameters;

public sealed class ParameterVectorTests
{
    // Sums are accumulated in float64, so that only the order of additions can differ from the plain loop here.
    private const double SumTolerance = 1e-12;

    [Fact]
    public void Arithmetic_is_that_of_each_coordinate()
    {
        Properties.Hold(Properties.FloatPairs, pair =>
        {
            var (left, right) = (ParameterVector.FromSpan(pair.First), ParameterVector.FromSpan(pair.Second));

            Assert.Equal(pair.First.Zip(pair.Second, (a, b) => a + b), left.Add(right).ToArray());
            Assert.Equal(pair.First.Zip(pair.Second, (a, b) => a - b), left.Subtract(right).ToArray());
            Assert.Equal(pair.First.Select(a => a * 0.3f), left.Scale(0.3).ToArray());
            Assert.Equal(pair.First.Zip(pair.Second, (a, b) => a + (b * 0.3f)), left.AddScaled(right, 0.3).ToArray());
        });
    }

    [Fact]
    public void Norms_and_products_are_sums_over_all_coordinates()
    {
        Properties.Hold(Properties.FloatPairs, pair =>
        {
            var (left, right) = (ParameterVector.FromSpan(pair.First), ParameterVector.FromSpan(pair.Second));
            var product = pair.First.Zip(pair.Second, (a, b) => (double)a * b).Sum();
            var magnitude = pair.First.Zip(pair.Second, (a, b) => Math.Abs((double)a * b)).Sum();

            Assert.Equal(product, left.Dot(right), SumTolerance * (1 + magnitude));
            Assert.Equal(pair.First.Sum(a => Math.Abs((double)a)), left.L1Norm(), SumTolerance * (1 + left.L1Norm()));
            Assert.Equal(Math.Sqrt(pair.First.Sum(a => (double)a * a)), left.L2Norm(), SumTolerance * (1 + left.L2Norm()));
            Assert.Equal(pair.First.Max(Math.Abs), left.MaxAbs());
            Assert.InRange(left.Cosine(right), -1, 1);
        });
    }

    [Fact]
    public void A_vector_of_a_message_is_that_of_its_numbers()
    {
        Properties.Hold(Properties.FloatPairs, pair =>
        {
            const int header = 12;
            var message = new byte[header + (pair.First.Length * sizeof(float))];
            MemoryMarshal.AsBytes<float>(pair.First).CopyTo(message.AsSpan(header));
            var (vector, plain) = (ParameterVector.OfMessage(message, header), ParameterVector.FromSpan(pair.First));

            Assert.Equal(plain, vector);
            Assert.Equal(plain.Hash, vector.Hash);
            Assert.Equal(plain.Length, vector.Length);
            Assert.Equal(plain.L2Norm(), vector.L2Norm());
        });
    }

    [Theory]
    [InlineData(10, 4)]
    [InlineData(12, 3)]
    [InlineData(12, 16)]
    [InlineData(12, -4)]
    public void A_message_without_whole_numbers_makes_no_vector(int length, int start) =>
        Assert.Throws<ArgumentException>(() => ParameterVector.OfMessage(new byte[length], start));

    [Fact]
    public void Sums_do_not_depend_on_where_the_numbers_lie_in_memory()
    {
        var numbers = Enumerable.Range(0, 10_007).Select(index => MathF.Sin(index) * MathF.Exp(index % 23)).ToArray();
        var reference = ParameterVector.FromSpan(numbers);

        for (var attempt = 0; attempt < 20; attempt++)
        {
            // Odd little allocations move the next array to another alignment.
            GC.KeepAlive(new byte[(8 * attempt) + 1]);
            var copy = ParameterVector.FromSpan(numbers);

            Assert.Equal(reference.L1Norm(), copy.L1Norm());
            Assert.Equal(reference.L2Norm(), copy.L2Norm());
        }
    }

    [Fact]
    public void Cosine_of_parallel_opposite_and_zero_vectors()
    {
        var vector = ParameterVector.FromSpan([1, -2, 3]);

        Assert.Equal(1, vector.Cosine(vector.Scale(5)), 1e-12);
        Assert.Equal(-1, vector.Cosine(vector.Scale(-2)), 1e-12);
        Assert.Equal(0, vector.Cosine(ParameterVector.Zeros(3)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_bad_number_makes_a_vector_not_finite(float bad)
    {
        var numbers = new float[37];
        Assert.True(ParameterVector.FromSpan(numbers).IsFinite());

        numbers[31] = bad;

        Assert.False(ParameterVector.FromSpan(numbers).IsFinite());
    }

    [Fact]
    public void Equality_and_hash_are_those_of_the_bits()
    {
        var vector = ParameterVector.FromSpan([0, float.NaN, 1]);

        Assert.Equal(vector, ParameterVector.FromSpan([0, float.NaN, 1]));
        Assert.NotEqual(vector, ParameterVector.FromSpan([-0f, float.NaN, 1]));
        Assert.NotEqual(vector.Hash, ParameterVector.FromSpan([-0f, float.NaN, 1]).Hash);

        // What xxhsum -H2 says of 00 00 80 3F, the bytes of 1.
        Assert.Equal("e6f9acca6893caeb591ef4e963e120d4", ParameterVector.FromSpan([1]).Hash);
    }

    [Fact]
    public void A_vector_of_no_numbers_is_finite() => Assert.True(ParameterVector.Zeros(0).IsFinite());

    [Fact]
    public void Long_vectors_are_like_short_ones()
    {
        const int Length = 3 << 20;

        var zeros = ParameterVector.Zeros(Length);
        var ones = ParameterVector.Create(Length, values => values[^1] = 1);
        var builder = new ParameterVectorBuilder(Length);
        ones.Bytes.CopyTo(builder.Missing);
        builder.Advance(builder.Size);

        Assert.Equal(-1, zeros.Span.IndexOfAnyExcept(0f));
        Assert.Equal(Length - 1, ones.Span.IndexOfAnyExcept(0f));
        Assert.Equal(ones, ParameterVector.FromSpan(ones.Span));
        Assert.Equal(ones.Hash, builder.Build().Hash);
    }

    [Fact]
    public void Vectors_do_not_follow_the_array_they_were_made_from()
    {
        var numbers = new float[] { 1, 2 };
        var vector = ParameterVector.FromSpan(numbers);

        numbers[0] = 9;
        vector.ToArray()[1] = 9;

        Assert.Equal([1, 2], vector.ToArray());
    }

    [Fact]
    public void Lengths_must_agree()
    {
        var shorter = ParameterVector.Zeros(2);
        var longer = ParameterVector.Zeros(3);

        Assert.Throws<ArgumentException>(() => shorter.Add(longer));
        Assert.Throws<ArgumentException>(() => shorter.Subtract(longer));
        Assert.Throws<ArgumentException>(() => shorter.AddScaled(longer, 1));
        Assert.Throws<ArgumentException>(() => shorter.Dot(longer));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterVector.Zeros(-1));
    }
}
