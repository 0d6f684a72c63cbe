using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Asks all other seed nodes, again and again, until one answers that it is part of a cluster.</summary>
internal sealed class JoinSeedNodeProcess : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ImmutableList<Address> _others;
    private int _attempts;

    public JoinSeedNodeProcess(Cluster cluster, ImmutableList<Address> seedNodes)
    {
        _others = seedNodes.RemoveAll(node => node == cluster.SelfAddress);
        Receive<JoinProtocol.InitJoinAck>(ack =>
        {
            Context.Parent.Tell(new ClusterUserAction.JoinTo(ack.Address));
            Become(Answered);
        });
        Receive<JoinProtocol.InitJoinNack>(_ => { });
        Receive<ReceiveTimeout>(_ => AskAll());
        Context.SetReceiveTimeout(cluster.Settings.SeedNodeTimeout);
    }

    protected override void PreStart() => AskAll();

    private void AskAll()
    {
        if (++_attempts > 2)
        {
            _log.Warning(
                "Couldn't join seed nodes after [{0}] attempts, will try again. seed-nodes=[{1}]", _attempts - 1, string.Join(",", _others));
        }

        SeedNodes.Ask(Context, _others);
    }

    private void Answered()
    {
        Receive<JoinProtocol.InitJoinAck>(_ => { });
        Receive<JoinProtocol.InitJoinNack>(_ => { });
        Receive<ReceiveTimeout>(_ => Context.Stop(Self));
    }
}
