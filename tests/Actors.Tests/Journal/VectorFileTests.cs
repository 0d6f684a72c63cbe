using System.Buffers.Binary;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Journal;

public sealed class VectorFileTests
{
    private static readonly Gen<(byte[] Text, float[][] Vectors)> Contents =
        from text in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Resize(40)
        from count in Gen.Choose(0, 4)
        from vectors in Properties.Floats.ArrayOf(count)
        select (text, vectors);

    [Fact]
    public void What_is_written_is_read_again()
    {
        Properties.Hold(Contents, given =>
        {
            var vectors = given.Vectors.Select(values => ParameterVector.FromSpan(values)).ToArray();

            var (text, read) = Read(Write(given.Text, vectors));

            Assert.Equal(given.Text, text);
            Assert.Equal(vectors, read);
        });
    }

    [Fact]
    public void Values_that_are_not_numbers_keep_their_bits()
    {
        var vector = ParameterVector.FromSpan([float.NaN, float.NegativeInfinity, -0f, float.Epsilon]);

        Assert.Equal(vector, Assert.Single(Read(Write([], vector)).Vectors));
    }

    [Fact]
    public void A_change_of_any_byte_is_recognised()
    {
        var whole = Write("text"u8.ToArray(), Small.Vector(20, 1), Small.Vector(3, 2));

        Properties.Hold(
            Gen.Choose(0, whole.Length - 1).SelectMany(position => Gen.Choose(1, 255).Select(change => (position, change))),
            given =>
            {
                var damaged = whole.ToArray();
                damaged[given.position] ^= (byte)given.change;

                Assert.Throws<InvalidDataException>(() => Read(damaged));
            },
            count: 500);
    }

    [Fact]
    public void A_record_of_another_version_is_said_to_be_one()
    {
        var record = Write("text"u8.ToArray());
        "FEDACT01"u8.CopyTo(record);

        Assert.Contains("another version", Assert.Throws<InvalidDataException>(() => Read(record)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_cut_off_anywhere_is_recognised()
    {
        var whole = Write("text"u8.ToArray(), Small.Vector(5, 1));

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<InvalidDataException>(() => Read(whole[..length])));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void An_absurd_length_is_refused_before_memory_is_taken_for_it(int length)
    {
        const int TextLengthAt = 8;
        const int CountAt = TextLengthAt + 4;
        const int VectorLengthAt = CountAt + 4;
        foreach (var position in new[] { TextLengthAt, CountAt, VectorLengthAt })
        {
            var damaged = Write([], Small.Vector(5, 1));
            BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(position), length);
            var before = GC.GetAllocatedBytesForCurrentThread();

            Assert.Throws<InvalidDataException>(() => Read(damaged));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void Records_follow_each_other_in_one_stream()
    {
        using var stream = new MemoryStream([.. Write([1], Small.Vector(2, 1)), .. Write([2])]);

        Assert.Equal([1], VectorFile.Read(stream).Text);
        Assert.Equal([2], VectorFile.Read(stream).Text);
        Assert.Equal(stream.Length, stream.Position);
    }

    private static byte[] Write(byte[] text, params ParameterVector[] vectors)
    {
        using var stream = new MemoryStream();
        VectorFile.Write(stream, text, vectors);
        return stream.ToArray();
    }

    private static (byte[] Text, ParameterVector[] Vectors) Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return VectorFile.Read(stream);
    }
}
