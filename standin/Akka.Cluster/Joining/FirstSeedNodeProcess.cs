using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// Asks the other seed nodes for some time. If none of them is part of a cluster, this node, the first seed node and nobody
/// else, starts one.
/// </summary>
internal sealed class FirstSeedNodeProcess : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster;
    private readonly TimeSpan _deadline;
    private ImmutableList<Address> _remaining;

    public FirstSeedNodeProcess(Cluster cluster, ImmutableList<Address> seedNodes)
    {
        _cluster = cluster;
        _remaining = seedNodes.RemoveAll(node => node == cluster.SelfAddress);
        _deadline = Now + cluster.Settings.SeedNodeTimeout;
        Receive<JoinProtocol.AskSeedNodes>(_ =>
        {
            if (Now < _deadline)
            {
                SeedNodes.Ask(Context, _remaining);
            }
            else
            {
                JoinAndStop(_cluster.SelfAddress);
            }
        });
        Receive<JoinProtocol.InitJoinAck>(ack => JoinAndStop(ack.Address));
        Receive<JoinProtocol.InitJoinNack>(nack =>
        {
            _remaining = _remaining.Remove(nack.Address);
            if (_remaining.IsEmpty)
            {
                JoinAndStop(_cluster.SelfAddress);
            }
        });
    }

    public ITimerScheduler Timers { get; set; }

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart()
    {
        Self.Tell(JoinProtocol.AskSeedNodes.Instance);
        Timers.StartPeriodicTimer("ask", JoinProtocol.AskSeedNodes.Instance, RetryInterval);
    }

    private void JoinAndStop(Address address)
    {
        Context.Parent.Tell(new ClusterUserAction.JoinTo(address));
        Context.Stop(Self);
    }
}
