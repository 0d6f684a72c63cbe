using Akka.Actor;
using Akka.Configuration;
using FedActors.Actors;
using FedActors.Actors.Transfer;
using FedActors.Actors.Transfer.Channel;
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

    /// <summary>A transfer actor with a channel of its own, as hosts have it.</summary>
    public static IActorRef StartTransfer(ActorSystem system, string name) =>
        StartTransfer(system, name, TcpVectorChannel.Open(system, port: 0));

    /// <summary>A transfer actor with this channel.</summary>
    public static IActorRef StartTransfer(ActorSystem system, string name, IVectorChannel channel) =>
        system.ActorOf(TransferActor.Props(new TransferSettings(), channel), name);
}
