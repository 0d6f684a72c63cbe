using Akka.Actor;
using Akka.Configuration;
using FedActors.Actors;
using FedActors.Host.Hosts;

namespace FedActors.ClusterBench.Loads;

/// <summary>Actor systems as hosts have them.</summary>
internal static class BenchSystem
{
    public static ActorSystem Start(string more)
    {
        SocketCompletions.RunOnWaitingThread();
        return ActorSystem.Create("fedactors", ConfigurationFactory.ParseString(more)
            .WithFallback(ConfigurationFactory.ParseString("akka { loglevel = WARNING, log-dead-letters = off }"))
            .WithFallback(ConfigurationFactory.FromResource("FedActors.Host.cluster.conf", typeof(NodeFile).Assembly))
            .WithFallback(ActorsConfiguration.Remote)
            .WithFallback(ActorsConfiguration.Default));
    }
}
