using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;
using Akka.TestKit.Xunit2;

namespace FedActors.Standin.Conformance;

/// <summary>One node of a test's cluster: an actor system and the test kit to talk to it.</summary>
public sealed class ClusterNode(ActorSystem system) : TestKit(system)
{
    public Akka.Cluster.Cluster Cluster { get; } = Akka.Cluster.Cluster.Get(system);

    public Address Address => Cluster.SelfAddress;

    public UniqueAddress UniqueAddress => Cluster.SelfUniqueAddress;

    /// <summary>The status of a node as this node knows it, or null.</summary>
    public MemberStatus? StatusOf(ClusterNode other) =>
        Cluster.State.Members.FirstOrDefault(m => m.UniqueAddress == other.UniqueAddress)?.Status;

    /// <summary>Ends the system without a word to the others, as a crash would: its connections go first.</summary>
    public async Task CrashAsync()
    {
        var provider = (IRemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider;
        await provider.Transport.Shutdown().WaitAsync(ClusterConformance.Patience);
        await Sys.Terminate().WaitAsync(ClusterConformance.Patience);
    }
}
