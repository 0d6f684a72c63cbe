using Akka.Actor;
using Akka.Serialization;
using FedActors.Actors.Serialization;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Serialization;

public sealed class TransferSerializerTests : ActorTest
{
    [Fact]
    public void What_transfer_actors_say_to_each_other_is_bound_to_it()
    {
        object[] messages =
        [
            Chunk.Create("v", 0, [1]),
            new TransferProtocol.ChunkRequest("v", 0, 1),
            new TransferProtocol.Gone("v"),
            new TransferProtocol.Delivered("v"),
        ];

        Assert.All(messages, message => Assert.IsType<TransferSerializer>(Sys.Serialization.FindSerializerFor(message)));
    }

    [Fact]
    public void Small_messages_come_back_as_they_were()
    {
        object[] messages =
        [
            new TransferProtocol.ChunkRequest("vérsion-1", long.MaxValue, int.MaxValue),
            new TransferProtocol.Gone("version-2"),
            new TransferProtocol.Delivered("update-3"),
        ];

        Assert.All(messages, message => Assert.Equal(message, RoundTrip(message)));
    }

    [Fact]
    public void A_chunk_comes_back_as_it_was()
    {
        Properties.Hold(
            from size in Gen.Choose(0, 2000)
            from offset in Gen.Choose(0, int.MaxValue)
            from seed in Gen.Choose(0, 1000)
            select (Bytes: RandomBytes(seed, size), Offset: 5L * offset),
            sample =>
            {
                var chunk = (Chunk)RoundTrip(Chunk.Create("version-7-ünï", sample.Offset, sample.Bytes));

                Assert.Equal(("version-7-ünï", sample.Offset), (chunk.Name, chunk.Offset));
                Assert.Equal(sample.Bytes, chunk.Bytes.ToArray());
            });
    }

    [Fact]
    public void A_chunk_is_written_with_a_header_of_a_few_bytes_and_fits_a_frame_whatever_its_name()
    {
        var chunk = Chunk.Create(new string('n', 200), 0, new byte[TransferSettings.LargestChunk]);

        Assert.InRange(Serializer().ToBinary(chunk).Length, TransferSettings.LargestChunk, TransferSettings.LargestChunk + 210);
    }

    [Fact]
    public void Garbage_is_refused_with_an_exception_that_says_so()
    {
        var random = new System.Random(5);
        foreach (var manifest in new[] { "C1", "Q1", "G1", "D1", "?" })
        {
            for (var round = 0; round < 2000; round++)
            {
                var bytes = new byte[random.Next(0, 300)];
                random.NextBytes(bytes);
                var refusal = Record.Exception(() => Serializer().FromBinary(bytes, manifest));

                Assert.True(refusal is null or InvalidDataException or ArgumentException, $"{refusal}");
            }
        }
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => Serializer().FromBinary(new byte[201], "G1"));
        Assert.Throws<ArgumentException>(() => Chunk.Create(new string('n', 201), 0, []));
    }

    private static byte[] RandomBytes(int seed, int size)
    {
        var bytes = new byte[size];
        new System.Random(seed).NextBytes(bytes);
        return bytes;
    }

    private TransferSerializer Serializer() => new((ExtendedActorSystem)Sys);

    private object RoundTrip(object message)
    {
        SerializerWithStringManifest serializer = Serializer();
        return serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));
    }
}
