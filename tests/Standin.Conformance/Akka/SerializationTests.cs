using System.Text;
using Akka.Actor;
using Akka.Serialization;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class SerializationTests : ActorConformance
{
    private static readonly string Settings = $$"""
        akka.actor {
          serialize-messages = on
          serializers.greetings = "{{Name<GreetingSerializer>()}}"
          serializers.numbers = "{{Name<NumberSerializer>()}}"
          serialization-bindings {
            "{{Name<IGreeting>()}}" = greetings
            "{{Name<Number>()}}" = numbers
          }
        }
        """;

    public SerializationTests()
        : base(Settings)
    {
    }

    [Fact]
    public void A_binding_to_an_interface_holds_for_what_implements_it()
    {
        Assert.IsType<GreetingSerializer>(Sys.Serialization.FindSerializerFor(new Hello("Ada")));
        Assert.IsType<GreetingSerializer>(Sys.Serialization.FindSerializerForType(typeof(Bye)));
        Assert.IsType<NumberSerializer>(Sys.Serialization.FindSerializerForType(typeof(Number)));
    }

    [Fact]
    public void A_string_manifest_says_what_to_make_of_the_bytes()
    {
        var serializer = (SerializerWithStringManifest)Sys.Serialization.FindSerializerFor(new Hello("Ada"));
        var message = new Bye("Ada");

        var bytes = serializer.ToBinary(message);
        var copy = serializer.FromBinary(bytes, serializer.Manifest(message));

        Assert.Equal("bye", serializer.Manifest(message));
        Assert.Equal(message, copy);
        Assert.Equal(message, Sys.Serialization.Deserialize(bytes, serializer.Identifier, "bye"));
    }

    [Fact]
    public void A_plain_serializer_is_found_by_its_identifier()
    {
        var serializer = Sys.Serialization.FindSerializerFor(new Number(7));

        var copy = Sys.Serialization.Deserialize(serializer.ToBinary(new Number(7)), serializer.Identifier, typeof(Number));

        Assert.Equal(new Number(7), copy);
    }

    [Fact]
    public async Task With_serialize_messages_an_actor_gets_a_copy()
    {
        var echo = ActorOf(Props.Create(() => new KeepsWhatItGets()));
        var message = new Hello("Ada");

        echo.Tell(message);
        var kept = await ExpectMsgAsync<Box>();

        Assert.Equal(message, kept.Content);
        Assert.NotSame(message, kept.Content);
    }

    [Fact]
    public async Task A_message_that_needs_no_verification_is_not_copied()
    {
        var echo = ActorOf(SimpleEchoActor.Props());
        var message = new Box(new object());

        echo.Tell(message);

        Assert.Same(message, await ExpectMsgAsync<Box>());
    }

    [Fact]
    public async Task A_reference_within_a_message_survives_the_copy()
    {
        var echo = ActorOf(Props.Create(() => new AnswersTo()));

        echo.Tell(new Introduction(TestActor));

        await ExpectMsgAsync("nice to meet you");
    }

    private static string Name<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";

    public interface IGreeting
    {
        string Name { get; }
    }

    public sealed record Hello(string Name) : IGreeting;

    public sealed record Bye(string Name) : IGreeting;

    public sealed record Number(int Value);

    public sealed record Introduction(IActorRef Me);

    public sealed record Box(object Content) : INoSerializationVerificationNeeded;

    public sealed class GreetingSerializer : SerializerWithStringManifest
    {
        public GreetingSerializer(ExtendedActorSystem system)
            : base(system)
        {
        }

        public override int Identifier => 4711;

        public override string Manifest(object o) => o is Hello ? "hello" : "bye";

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((IGreeting)obj).Name);

        public override object FromBinary(byte[] bytes, string manifest)
        {
            var name = Encoding.UTF8.GetString(bytes);
            return manifest == "hello" ? new Hello(name) : new Bye(name);
        }
    }

    public sealed class NumberSerializer : Serializer
    {
        public NumberSerializer(ExtendedActorSystem system)
            : base(system)
        {
        }

        public override int Identifier => 4712;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => BitConverter.GetBytes(((Number)obj).Value);

        public override object FromBinary(byte[] bytes, Type type) => new Number(BitConverter.ToInt32(bytes));
    }

    private sealed class KeepsWhatItGets : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(new Box(message));
    }

    private sealed class AnswersTo : ReceiveActor
    {
        public AnswersTo() => Receive<Introduction>(introduction => introduction.Me.Tell("nice to meet you"));
    }
}
