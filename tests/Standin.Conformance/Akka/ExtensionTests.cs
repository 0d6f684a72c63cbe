using Akka.Actor;
using Akka.Configuration;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class ExtensionTests : ActorConformance
{
    public ExtensionTests()
        : base("counter.start = 5")
    {
    }

    [Fact]
    public void An_actor_system_has_one_instance_of_an_extension()
    {
        var first = CounterExtension.Of(Sys);
        var second = CounterExtension.Of(Sys);

        Assert.Same(first, second);
        Assert.Equal(6, first.Next());
        Assert.True(Sys.HasExtension<Counter>());
        Assert.Same(first, Sys.GetExtension<Counter>());
    }

    [Fact]
    public void The_settings_of_a_system_are_those_it_was_given_over_those_of_the_library()
    {
        Assert.Equal(5, Sys.Settings.Config.GetInt("counter.start"));
        Assert.Equal("test", Sys.Name);
        Assert.True(Sys.Settings.Config.HasPath("akka.actor.default-dispatcher"));
    }

    [Fact]
    public async Task Two_systems_have_nothing_in_common()
    {
        var other = ActorSystem.Create("other", ConfigurationFactory.ParseString("counter.start = 50").WithFallback(Sys.Settings.Config));

        Assert.Equal(51, CounterExtension.Of(other).Next());
        Assert.Equal(6, CounterExtension.Of(Sys).Next());

        await other.Terminate().WaitAsync(Patience);
    }

    private sealed class Counter : IExtension
    {
        private int _value;

        public Counter(int start) => _value = start;

        public int Next() => ++_value;
    }

    private sealed class CounterExtension : ExtensionIdProvider<Counter>
    {
        private static readonly CounterExtension Instance = new();

        public static Counter Of(ActorSystem system) => Instance.Apply(system);

        public override Counter CreateExtension(ExtendedActorSystem system) =>
            new(system.Settings.Config.GetInt("counter.start"));
    }
}
