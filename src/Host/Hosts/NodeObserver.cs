using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Federation;
using FedActors.Actors.Hosting;
using FedActors.Actors.Transfer;
using FedActors.Host.Errors;
using FedActors.Host.Terminal;

namespace FedActors.Host.Hosts;

/// <summary>Hears what goes on with the run on this host, says it, and notes how the host shall end.</summary>
internal sealed class NodeObserver : UntypedActor
{
    private readonly NodeNarration _narration;
    private readonly TaskCompletionSource<NodeOutcome> _outcome;
    private bool _leads;
    private string? _postponedFor;

    public NodeObserver(NodeNarration narration, TaskCompletionSource<NodeOutcome> outcome)
    {
        _narration = narration;
        _outcome = outcome;
    }

    public static Props Props(NodeNarration narration, TaskCompletionSource<NodeOutcome> outcome) =>
        Akka.Actor.Props.Create(() => new NodeObserver(narration, outcome));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(TransferEvents.OutOfReach));
        base.PreStart();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AggregatorProtocol.Progressed progressed:
                _narration.Report(progressed.Progress);
                break;
            case AggregatorProtocol.Ended ended:
                End(ended.Outcome);
                break;
            case LinkEvents.RunEnded ended when !_leads:
                // It is told until the aggregator knows that it was heard.
                if (_outcome.TrySetResult(new NodeOutcome(ended.Succeeded ? ExitCode.Done : ExitCode.Failed, Error: null)))
                {
                    _narration.Say(ended.Message);
                }

                break;
            case LinkEvents.FinishedTold:
                _outcome.TrySetResult(new NodeOutcome(ExitCode.Done, Error: null));
                break;
            case LinkEvents.Refused refused:
                _outcome.TrySetResult(new NodeOutcome(
                    ExitCode.Usage,
                    $"The aggregator refuses this host:\n{string.Join('\n', refused.Differences.Select(difference => $"  - {difference}"))}"));
                break;
            default:
                Tell(message);
                break;
        }
    }

    private void Tell(object message)
    {
        switch (message)
        {
            case LinkEvents.SeatTaken taken:
                _leads = true;
                _narration.Say(taken.Resumed ? "This host leads the run, and goes on from its journal." : "This host leads the run.");
                break;
            case LinkEvents.FinishedFound found:
                // This host hears of the end from itself too, before the others have.
                _leads = true;
                _narration.Say($"The run in {found.Directory} is finished; telling the other hosts.");
                break;
            case LinkEvents.SeatAwaited awaited:
                _narration.Say($"Another process still holds {awaited.Directory}; waiting for it.");
                break;
            case LinkEvents.JoinedRun joined when joined.Aggregator.Host is not null:
                _narration.Say($"Takes part in the run led by {NodeNarration.Show(joined.Aggregator)}.");
                break;
            case LinkEvents.AggregatorLost lost when lost.Aggregator.Host is not null && !_outcome.Task.IsCompleted:
                _narration.Say($"The aggregator at {NodeNarration.Show(lost.Aggregator)} is lost; waiting for another.");
                break;
            case LinkEvents.Postponed postponed when postponed.Reason != _postponedFor:
                _postponedFor = postponed.Reason;
                _narration.Say($"The aggregator has no place for this host yet: {postponed.Reason}.");
                break;
            case LinkEvents.HostJoined joined when joined.Clients > 0:
                _narration.Say($"Host {joined.Host} takes part with {Text.Count(joined.Clients, "client")}.");
                break;
            case LinkEvents.HostLost lost when lost.Clients > 0:
                _narration.Say($"Host {lost.Host} is lost with {Text.Count(lost.Clients, "client")}.");
                break;
            case TransferEvents.OutOfReach owner:
                _narration.Say(
                    $"Models and updates can't be had from {owner.Host}: {owner.Reason}. "
                    + $"Is port {owner.Port} open between the hosts? fedactors.host.transfer.port over there sets it.");
                break;
            case LinkEvents.HostRefused refused:
                _narration.Say($"Host {refused.Host} is refused: {string.Join("; ", refused.Differences)}.");
                break;
        }
    }

    private void End(RunOutcome outcome)
    {
        switch (outcome)
        {
            case RunOutcome.Completed completed:
                _narration.Complete(completed.Summary);
                _outcome.TrySetResult(new NodeOutcome(ExitCode.Done, Error: null));
                break;
            case RunOutcome.Failed failed:
                _outcome.TrySetResult(new NodeOutcome(ExitCode.Failed, _narration.Failure(failed)));
                break;
            case RunOutcome.Interrupted interrupted:
                _narration.Say($"Saved after round {interrupted.Round}; another host, or this one when it is back, goes on.");
                break;
        }
    }
}
