using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Devices;
using FedActors.Actors.Journal;

namespace FedActors.Actors.Aggregator;

/// <content>What becomes of what the clients send.</content>
public sealed partial class AggregatorActor
{
    private void LoseWorkOf(int client)
    {
        _log.Warning("Client {0} is gone", client);
        // An update that is being logged was accepted: it counts, whatever became of its client.
        foreach (var assignment in _state.Ledger.Open.Where(open => open.Client == client && !_beingLogged.ContainsKey(open.Id)).ToList())
        {
            File(assignment.Id, new AssignmentOutcome.Lost(LossReason.Gone, new TrainingMetrics(double.NaN, 0, 0)));
        }

        _state.Roster.SetAway(client, TimeSpan.MaxValue);
    }

    private void Take(ClientProtocol.Report report)
    {
        var id = report.AssignmentId;
        if (_beingLogged.ContainsKey(id))
        {
            return;
        }

        if (_timeline.IsResolved(id) || _state.Ledger.IsClosed(id))
        {
            // A repetition: the first answer was lost on its way.
            Sender.Tell(new ClientProtocol.Accepted(id));
            return;
        }

        var assignment = _state.Ledger.Find(id);
        var dealt = assignment is null ? 0 : _plan.Shards[assignment.Client].Length;
        var refusal = Acceptance.Refusal(
            report, assignment, _state.Versions, _plan.Network.Layout.Count, dealt, _plan.Settings.Acceptance);
        if (refusal is not null)
        {
            Refuse(report, assignment, refusal);
            return;
        }

        var outcome = new AssignmentOutcome.Delivered(report.Update, report.SampleCount, report.Metrics);
        if (IsVirtual)
        {
            // Nothing to log: after a crash the assignment is given again and computes to the same bits.
            Sender.Tell(new ClientProtocol.Accepted(id));
            File(id, outcome);
            return;
        }

        _beingLogged.Add(id, (Sender, outcome));
        var metrics = report.Metrics;
        _links.Journal.Tell(new JournalProtocol.LogAccepted(
            new AcceptedUpdate(assignment!, report.SampleCount, metrics.Loss, metrics.Seconds, metrics.Restarts, report.Update)));
    }

    private void Refuse(ClientProtocol.Report report, Assignment? assignment, string reason)
    {
        _log.Warning("The report of client {0} on assignment {1} is refused: {2}", report.Client, report.AssignmentId, reason);
        Sender.Tell(new ClientProtocol.Rejected(report.AssignmentId, reason));
        if (assignment is null || assignment.Client != report.Client)
        {
            // Somebody else's work stays open for the one it was given to.
            _state.CountRefusal();
            return;
        }

        File(assignment.Id, new AssignmentOutcome.Refused(reason, report.Metrics));
    }

    /// <summary>Gives an outcome its time: at once on the wall clock, at the virtual arrival otherwise.</summary>
    private void File(long id, AssignmentOutcome outcome)
    {
        if (_state.Ledger.Find(id) is not { } assignment)
        {
            return;
        }

        if (IsVirtual)
        {
            if (_timeline.Resolve(id, outcome))
            {
                PrepareCorrection(assignment, outcome);
            }

            Advance();
            return;
        }

        AdvanceWallClock();
        Settle(assignment, outcome);
        FillUp();
        CloseRoundIfComplete();
    }
}
