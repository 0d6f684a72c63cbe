using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Starts the publisher and the daemon. A node whose daemon fails knows nothing any more, and stops taking part.</summary>
internal sealed class ClusterCoreSupervisor : ReceiveActor
{
    private readonly Cluster _cluster;
    private IActorRef _daemon;

    public ClusterCoreSupervisor(Cluster cluster)
    {
        _cluster = cluster;
        Receive<GetClusterCoreRef>(_ =>
        {
            _daemon ??= StartChildren();
            Sender.Tell(_daemon);
        });
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(e =>
    {
        Context.GetLogger().Error(e, "Cluster node [{0}] crashed, [{1}] - shutting down...", _cluster.SelfAddress, e.Message);
        Self.Tell(PoisonPill.Instance);
        return Directive.Stop;
    });

    protected override void PostStop() => _cluster.Shutdown();

    private IActorRef StartChildren()
    {
        var publisher = Context.ActorOf(
            Props.Create(() => new ClusterDomainEventPublisher(_cluster.SelfUniqueAddress)).WithDispatcher(_cluster.Settings.UseDispatcher), "publisher");
        return Context.ActorOf(
            Props.Create(() => new ClusterCoreDaemon(_cluster, publisher)).WithDispatcher(_cluster.Settings.UseDispatcher), "daemon");
    }
}
