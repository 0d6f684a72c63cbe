using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Serialization;

/// <summary>What a host makes of bytes, whatever serializer and type their sender names.</summary>
public sealed class RemoteSerializersTests() : ActorTest(ConfigurationFactory
    .ParseString("akka { actor.provider = remote, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }")
    .WithFallback(ActorsConfiguration.Remote))
{
    private const int Misc = 16;
    private const int SystemMessages = 22;

    [Fact]
    public void Death_watch_passes()
    {
        var (watchee, watcher) = ((IInternalActorRef)TestActor, (IInternalActorRef)CreateTestProbe().Ref);

        Assert.Equal(watcher, Assert.IsType<Watch>(ThereAndBack(new Watch(watchee, watcher))).Watcher);
        Assert.Equal(watchee, Assert.IsType<Unwatch>(ThereAndBack(new Unwatch(watchee, watcher))).Watchee);
        var dead = new DeathWatchNotification(watchee, existenceConfirmed: true, addressTerminated: false);
        Assert.True(Assert.IsType<DeathWatchNotification>(ThereAndBack(dead)).ExistenceConfirmed);
    }

    [Fact]
    public void Questions_who_is_there_pass()
    {
        Assert.Equal("who", Assert.IsType<Identify>(ThereAndBack(new Identify("who"))).MessageId);
        Assert.Equal(TestActor, Assert.IsType<ActorIdentity>(ThereAndBack(new ActorIdentity("who", TestActor))).Subject);
    }

    public static TheoryData<string> Refused() => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_would_stop_fail_or_rebuild_something_is_neither_sent_nor_read(string name)
    {
        var message = Messages[name];
        var system = (ExtendedActorSystem)Sys;
        var (number, own, manifest) = message is ISystemMessage
            ? (SystemMessages, (Akka.Serialization.Serializer)new SystemMessageSerializer(system), message.GetType().AssemblyQualifiedName!)
            : (Misc, new MiscMessageSerializer(system), new MiscMessageSerializer(system).Manifest(message));
        var bytes = own.ToBinary(message);
        var revived = Spy.Revived;

        Assert.ThrowsAny<SerializationException>(() => Sys.Serialization.Serialize(message));
        Assert.ThrowsAny<SerializationException>(() => Sys.Serialization.Deserialize(bytes, number, manifest));

        Assert.Equal(revived, Spy.Revived);
    }

    [Fact]
    public void The_exception_of_a_failure_would_be_rebuilt_by_the_serializer_of_the_package()
    {
        var own = new MiscMessageSerializer((ExtendedActorSystem)Sys);
        var failure = new Status.Failure(new Spy());
        var revived = Spy.Revived;

        own.FromBinary(own.ToBinary(failure), own.Manifest(failure));

        Assert.Equal(revived + 1, Spy.Revived);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7303)]
    public void Serializers_of_any_type_are_out_of_reach(int number) =>
        Assert.ThrowsAny<SerializationException>(() =>
            Sys.Serialization.Deserialize("{}"u8.ToArray(), number, typeof(Spy).AssemblyQualifiedName));

    private static Dictionary<string, object> Messages => new()
    {
        ["failure"] = new Status.Failure(new Spy()),
        ["success"] = new Status.Success("done"),
        ["kill"] = Kill.Instance,
        ["poison"] = PoisonPill.Instance,
        ["settings"] = Config.Empty,
        ["create"] = new Create(new ActorInitializationException("no")),
        ["recreate"] = new Recreate(new Spy()),
        ["resume"] = new Resume(new Spy()),
        ["suspend"] = new Suspend(),
        ["terminate"] = new Terminate(),
        ["failed"] = new Failed(ActorRefs.Nobody, new Spy(), 1),
    };

    private object ThereAndBack(object message)
    {
        var serializer = Sys.Serialization.FindSerializerFor(message);
        return Sys.Serialization.Deserialize(
            Sys.Serialization.Serialize(message), serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, message));
    }

    /// <summary>Counts how often it is made of bytes.</summary>
    public sealed class Spy : Exception
    {
        public Spy()
            : base("spy")
        {
        }

#pragma warning disable SYSLIB0051 // The constructor that Akka.NET runs.
        private Spy(SerializationInfo info, StreamingContext context)
            : base(info, context) => Revived++;
#pragma warning restore SYSLIB0051

        public static int Revived { get; private set; }
    }
}
