using System.Runtime.Serialization;
using Akka.Actor;
using FedActors.Actors.Devices;
using FedActors.Actors.Hosting;
using FedActors.Actors.Serialization;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer;
using FedActors.Models.Training;

namespace FedActors.Actors.Tests.Serialization;

public sealed class WireMessageSerializerTests() : ActorTest(ActorsConfiguration.Remote)
{
    private static readonly VectorReference Reference = new("update-1-2", new string('a', 32), 21_840);

    private static readonly IWireMessage[] Samples =
    [
        new ClientProtocol.Join(7, 100),
        new ClientProtocol.Welcome(7),
        new ClientProtocol.Refused(7, "nö"),
        new ClientProtocol.Assign(long.MaxValue, 7, 40, 12, new TrainingRecipe(5, null, 0.05, 0.9, 0.01)),
        new ClientProtocol.Assign(1, 7, 40, 0, new TrainingRecipe(5, 16, 0.05)),
        new ClientProtocol.FetchVersion(40),
        new ClientProtocol.VersionGone(40),
        new ClientProtocol.AssignmentLost(1, 7, LossReason.Dropped, new TrainingMetrics(double.NaN, 0.5, 3)),
        new ClientProtocol.Accepted(1),
        new ClientProtocol.Rejected(1, "the norm is too large"),
        new LinkProtocol.Register("host-a", [3, 4, 5], ["network = cnn", "seed = 1"]),
        new LinkProtocol.Registered("demo"),
        new LinkProtocol.Postponed("occupied"),
        new LinkProtocol.Refused(["seed is '1' here"]),
        new LinkProtocol.CallRoll("demo"),
        new LinkProtocol.ReportReady(1, 7, 40, 100, Reference, new TrainingMetrics(0.5, 0.25, 0)),
        new LinkProtocol.VersionReady(41, Reference),
        new LinkProtocol.RunEnded(true, "done"),
        new LinkProtocol.EndHeard("host-a"),
        new TransferProtocol.Request("vérsion-1", int.MaxValue),
        new TransferProtocol.Ticket("version-1", 4711, new Guid("00112233-4455-6677-8899-aabbccddeeff")),
        new TransferProtocol.Gone("version-2"),
        new TransferProtocol.Delivered("update-3"),
    ];

    [Fact]
    public void Every_wire_message_has_a_sample_here()
    {
        var types = typeof(IWireMessage).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IWireMessage)));

        Assert.Equal(types.Order(Comparer()), Samples.Select(sample => sample.GetType()).Distinct().Order(Comparer()));
    }

    [Fact]
    public void Every_wire_message_comes_back_as_it_was()
    {
        foreach (var sample in Samples)
        {
            Assert.Equivalent(sample, RoundTrip(sample), strict: true);
        }
    }

    [Fact]
    public void Every_wire_message_is_bound_to_it()
    {
        Assert.All(Samples, sample => Assert.IsType<WireMessageSerializer>(Sys.Serialization.FindSerializerFor(sample)));
    }

    [Fact]
    public void Every_manifest_names_one_message()
    {
        var serializer = Serializer();

        Assert.All(
            Samples.GroupBy(serializer.Manifest),
            group => Assert.Single(group.Select(sample => sample.GetType()).Distinct()));
    }

    [Fact]
    public void A_message_that_is_cut_short_or_too_long_is_refused()
    {
        var serializer = Serializer();
        foreach (var sample in Samples)
        {
            var bytes = serializer.ToBinary(sample);
            var manifest = serializer.Manifest(sample);
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Throws<InvalidDataException>(() => serializer.FromBinary(bytes[..length], manifest));
            }

            Assert.Throws<InvalidDataException>(() => serializer.FromBinary([.. bytes, 0], manifest));
        }
    }

    [Fact]
    public void Mutated_messages_are_read_or_refused_and_never_do_anything_else()
    {
        var serializer = Serializer();
        var random = new System.Random(11);
        foreach (var sample in Samples)
        {
            var manifest = serializer.Manifest(sample);
            for (var round = 0; round < 2000; round++)
            {
                var bytes = serializer.ToBinary(sample);
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                var refusal = Record.Exception(() => serializer.FromBinary(bytes, manifest));

                Assert.True(refusal is null or InvalidDataException, $"{manifest}: {refusal}");
            }
        }
    }

    [Fact]
    public void A_length_that_is_not_there_costs_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => Serializer().FromBinary([255, 255, 255, 127, 1], "host-refused1"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Types_without_a_binding_of_their_own_do_not_travel()
    {
        var fallback = Sys.Serialization.FindSerializerFor(new Unlisted());

        Assert.IsType<RefusingSerializer>(fallback);
        Assert.Throws<SerializationException>(() => fallback.ToBinary(new Unlisted()));
        Assert.Throws<SerializationException>(() => fallback.FromBinary([1, 2, 3], typeof(Unlisted)));
    }

    private static Comparer<Type> Comparer() =>
        Comparer<Type>.Create((left, right) => string.CompareOrdinal(left.FullName, right.FullName));

    private object RoundTrip(object message)
    {
        var serializer = Serializer();
        return serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));
    }

    private WireMessageSerializer Serializer() => new((ExtendedActorSystem)Sys);

    private sealed record Unlisted;
}
