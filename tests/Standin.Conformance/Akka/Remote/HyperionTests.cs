using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class HyperionTests : ActorConformance
{
    private static readonly string Settings = $$"""
        akka.actor {
          serializers.hyperion = "Akka.Serialization.HyperionSerializer, Akka.Serialization.Hyperion"
          serialization-bindings { "{{Name<ILetter>()}}" = hyperion }
        }
        """;

    public HyperionTests()
        : base(Settings)
    {
    }

    public enum Mood
    {
        Good,
        Bad = 42,
    }

    public interface ILetter;

    public static TheoryData<object> Letters => new(
        new Text("hello"),
        new Text(""),
        new Text(null),
        new Numbers(true, 1, 2, -3, 4, 5, -6, 7, 8.5f, -9.5, 10.25m, 'x'),
        new Times(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), TimeSpan.FromTicks(7), Guid.Parse("00010203-0405-0607-0809-0a0b0c0d0e0f")),
        new Moods(Mood.Bad, null, Mood.Good),
        new Envelope("outer", new Text("inner")),
        new Envelope("number", 7),
        new Envelope("nothing", null),
        new Point(new Coordinates(1, 2)));

    [Fact]
    public void The_serializer_has_its_number() => Assert.Equal(-5, Serializer().Identifier);

    [Theory]
    [MemberData(nameof(Letters))]
    public void A_record_comes_back_as_it_was(object letter) => Assert.Equal(letter, Copy(letter));

    [Fact]
    public void Arrays_come_back_as_they_were()
    {
        var copy = Copy(new Arrays([1, 2], [1f, float.NaN], ["a", null], [new Text("x"), null], []));

        Assert.Equal([1, 2], copy.Ints);
        Assert.Equal([1f, float.NaN], copy.Floats);
        Assert.Equal(new string?[] { "a", null }, copy.Texts.AsEnumerable());
        Assert.Equal(new Text?[] { new("x"), null }, copy.Records.AsEnumerable());
        Assert.Empty(copy.Empty);
    }

    [Fact]
    public void Collections_come_back_as_they_were()
    {
        var copy = Copy(new Collections([1, 2, 3], new() { ["a"] = 1, ["b"] = 2 }, ["x", "y"]));

        Assert.Equal([1, 2, 3], copy.List);
        Assert.Equal(2, copy.Dictionary["b"]);
        Assert.Contains("y", copy.Set);
        copy.Dictionary.Add("c", 3);
        Assert.Equal(3, copy.Dictionary.Count);
    }

    [Fact]
    public void Immutable_collections_come_back_as_they_were()
    {
        var copy = Copy(new Immutables([1, 2, 3], ImmutableDictionary<string, int>.Empty.Add("a", 1), [4, 5], ["x"]));

        Assert.Equal([1, 2, 3], copy.List);
        Assert.Equal(1, copy.Dictionary["a"]);
        Assert.Equal([4, 5], copy.Array.ToArray());
        Assert.Contains("x", copy.Set);
    }

    [Fact]
    public void A_reference_leads_to_the_same_actor()
    {
        var copy = Copy(new WithReference(TestActor));

        Assert.Equal(TestActor, copy.Actor);
    }

    [Fact]
    public void An_address_comes_back_as_it_was()
    {
        var address = Address.Parse("akka.tcp://sys@host:1234");

        Assert.Equal(address, Copy(new WithAddress(address)).Address);
    }

    [Fact]
    public void An_object_that_is_there_twice_stays_one_object()
    {
        var shared = new Text("shared");

        var copy = Copy(new Pair(shared, shared));

        Assert.Same(copy.First, copy.Second);
    }

    [Fact]
    public void A_circle_stays_a_circle()
    {
        var node = new Circle { Name = "round" };
        node.Next = node;

        var copy = Copy(node);

        Assert.Equal("round", copy.Name);
        Assert.Same(copy, copy.Next);
    }

    [Fact]
    public void An_exception_keeps_its_class_and_message()
    {
        var copy = Copy(new Failed(new InvalidOperationException("why", new ArgumentException("because"))));

        Assert.IsType<InvalidOperationException>(copy.Cause);
        Assert.Equal("why", copy.Cause.Message);
        Assert.Equal("because", Assert.IsType<ArgumentException>(copy.Cause.InnerException).Message);
    }

    [Fact]
    public void Several_causes_come_back()
    {
        var copy = Copy(new Failed(new AggregateException("all", new ArgumentException("one"), new InvalidOperationException("two"))));

        var causes = Assert.IsType<AggregateException>(copy.Cause).InnerExceptions;
        Assert.Equal(["one", "two"], causes.Select(cause => cause.Message));
        Assert.StartsWith("all", copy.Cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_constructor_runs_when_an_object_is_read()
    {
        var bytes = Serializer().ToBinary(new Counted());
        var before = Counted.Made;

        Serializer().FromBinary(bytes, typeof(Counted));

        Assert.Equal(before, Counted.Made);
    }

    [Fact]
    public void An_unsafe_class_is_refused() =>
        Assert.ThrowsAny<Exception>(() => Copy(new Envelope("evil", new FileInfo("/tmp/x"))));

    [Fact]
    public void A_class_that_is_not_on_the_list_is_refused()
    {
        var open = Serializer();
        var closed = Restricted(typeof(Text));

        Assert.Equal(new Text("x"), closed.FromBinary(open.ToBinary(new Text("x")), typeof(object)));
        Assert.Throws<SerializationException>(() => closed.FromBinary(open.ToBinary(new Pair(new Text("x"), new Text("y"))), typeof(object)));
    }

    [Fact]
    public void A_class_inside_one_on_the_list_must_be_on_it_too()
    {
        var open = Serializer();
        var closed = Restricted(typeof(Envelope));

        Assert.Equal(new Envelope("text", "x"), closed.FromBinary(open.ToBinary(new Envelope("text", "x")), typeof(object)));
        Assert.Throws<SerializationException>(
            () => closed.FromBinary(open.ToBinary(new Envelope("evil", new Text("x"))), typeof(object)));
    }

    [Fact]
    public void A_list_with_an_unknown_class_is_an_error() =>
        Assert.Throws<ConfigurationException>(() => HyperionSerializerSettings.Create(
            ConfigurationFactory.ParseString("""allowed-types = ["No.Such.Class, Nowhere"]""")));

    [Fact]
    public void Bytes_that_end_too_early_are_refused()
    {
        var bytes = Serializer().ToBinary(new Envelope("outer", new Text("inner")));

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<SerializationException>(() => Serializer().FromBinary(bytes[..length], typeof(object)));
        }
    }

    private static string Name<T>() => typeof(T).AssemblyQualifiedName!;

    private Serializer Serializer() => Sys.Serialization.FindSerializerForType(typeof(ILetter));

    private HyperionSerializer Restricted(params Type[] allowed)
    {
        var list = string.Join(",", allowed.Select(type => $"\"{type.AssemblyQualifiedName}\""));
        return new HyperionSerializer((ExtendedActorSystem)Sys, ConfigurationFactory.ParseString($"allowed-types = [{list}]"));
    }

    private T Copy<T>(T value)
        where T : notnull
    {
        var serializer = Serializer();
        return (T)serializer.FromBinary(serializer.ToBinary(value), value.GetType());
    }

    public sealed record Text(string? Content) : ILetter;

    public sealed record Numbers(
        bool Bool, byte Byte, sbyte SByte, short Short, ushort UShort, uint UInt, long Long, ulong ULong, float Float, double Double, decimal Decimal, char Char);

    public sealed record Times(DateTime Date, DateTimeOffset Offset, TimeSpan Span, Guid Id);

    public sealed record Moods(Mood One, Mood? Two, Mood? Three);

    public sealed record Envelope(string Name, object? Content);

    public readonly record struct Coordinates(int X, int Y);

    public sealed record Point(Coordinates At);

    public sealed record Arrays(int[] Ints, float[] Floats, string?[] Texts, Text?[] Records, long[] Empty);

    public sealed record Collections(List<int> List, Dictionary<string, int> Dictionary, HashSet<string> Set);

    public sealed record Immutables(
        ImmutableList<int> List, ImmutableDictionary<string, int> Dictionary, ImmutableArray<int> Array, ImmutableHashSet<string> Set);

    public sealed record WithReference(IActorRef Actor);

    public sealed record WithAddress(Address Address);

    public sealed record Pair(Text First, Text Second);

    public sealed record Failed(Exception Cause);

    public sealed class Circle
    {
        public string? Name { get; set; }

        public Circle? Next { get; set; }
    }

    public sealed class Counted
    {
        public Counted() => Made++;

        public static int Made { get; private set; }
    }
}
