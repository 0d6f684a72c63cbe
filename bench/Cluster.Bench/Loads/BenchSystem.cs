using Akka.Actor;
using Akka.Configuration;
using FedActors.Actors;

namespace FedActors.ClusterBench.Loads;

/// <summary>Actor systems as hosts have them.</summary>
internal static class BenchSystem
{
    public static ActorSystem Start(string more) => ActorSystem.Create("fedactors", ConfigurationFactory.ParseString(more)
        .WithFallback(ConfigurationFactory.ParseString("akka { loglevel = WARNING, log-dead-letters = off }"))
        .WithFallback(ConfigurationFactory.FromResource("FedActors.Host.cluster.conf", typeof(FedActors.Host.Hosts.NodeFile).Assembly))
        .WithFallback(ActorsConfiguration.Remote)
        .WithFallback(ActorsConfiguration.Default));
}
