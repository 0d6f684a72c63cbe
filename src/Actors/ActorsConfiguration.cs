using Akka.Configuration;

namespace FedActors.Actors;

/// <summary>What the actor system of a federation needs to know: its dispatchers and its serializers.</summary>
public static class ActorsConfiguration
{
    /// <summary>Path of the aggregator's dispatcher.</summary>
    public const string AggregatorDispatcher = "fedactors-dispatchers.aggregator";

    /// <summary>Path of the journal's dispatcher.</summary>
    public const string JournalDispatcher = "fedactors-dispatchers.journal";

    /// <summary>Path of the dispatcher of what moves vectors between hosts.</summary>
    public const string TransferDispatcher = "fedactors-dispatchers.transfer";

    /// <summary>The embedded <c>actors.conf</c>; use it as fallback of the actor system's configuration.</summary>
    public static Config Default { get; } =
        ConfigurationFactory.FromResource("FedActors.Actors.actors.conf", typeof(ActorsConfiguration).Assembly);

    /// <summary>The embedded <c>remote.conf</c>: what may travel between hosts. Use it before <see cref="Default"/> on a host of a cluster.</summary>
    public static Config Remote { get; } =
        ConfigurationFactory.FromResource("FedActors.Actors.remote.conf", typeof(ActorsConfiguration).Assembly);
}
