using Akka.Configuration;

namespace FedActors.Actors;

/// <summary>What the actor system of a federation needs to know: its dispatchers and its serializers.</summary>
public static class ActorsConfiguration
{
    /// <summary>Path of the aggregator's dispatcher.</summary>
    public const string AggregatorDispatcher = "fedactors-dispatchers.aggregator";

    /// <summary>Path of the journal's dispatcher.</summary>
    public const string JournalDispatcher = "fedactors-dispatchers.journal";

    /// <summary>The embedded <c>actors.conf</c>; use it as fallback of the actor system's configuration.</summary>
    public static Config Default { get; } =
        ConfigurationFactory.FromResource("FedActors.Actors.actors.conf", typeof(ActorsConfiguration).Assembly);
}
