using Akka.Actor;
using FedActors.Actors.Corrector;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Aggregator;

/// <content>How stale updates go through the corrector before they are aggregated.</content>
public sealed partial class AggregatorActor
{
    private bool Corrects => _plan.Settings.Staleness.Policy is GradientInversion;

    /// <summary>Tells the corrector where the run stands, and what it worked on when that was written.</summary>
    private void RestoreCorrector()
    {
        if (!Corrects)
        {
            return;
        }

        _links.Corrector.Tell(new CorrectorProtocol.Restore(_state.Corrector, _state.Model.Version));
        foreach (var arrival in _state.OpenCorrections())
        {
            TellCorrector(arrival);
        }
    }

    /// <summary>Gives an assignment its outcome; an update that arrived is shown to the corrector.</summary>
    private void Settle(Assignment assignment, AssignmentOutcome outcome)
    {
        if (_state.Settle(assignment, outcome) is { } arrival && Corrects)
        {
            TellCorrector(arrival);
        }
    }

    private void TellCorrector(Arrival arrival)
    {
        var assignment = arrival.Assignment;
        _links.Corrector.Tell(arrival.IsPending
            ? new CorrectorProtocol.Correct(
                StaleUpdateOf(assignment, arrival.Delivered), arrival.Staleness, _state.Model.Version, _state.Model.Parameters)
            : new CorrectorProtocol.Observe(
                assignment.Id, assignment.Client, assignment.BaseVersion, arrival.Staleness, arrival.Delivered.Update));
    }

    /// <summary>
    /// In virtual time an update is often computed long before it arrives. Its inversion needs nothing that is not known by
    /// then, so it may begin beside the training of the rounds in between.
    /// </summary>
    private void PrepareCorrection(Assignment assignment, AssignmentOutcome outcome)
    {
        if (Corrects && outcome is AssignmentOutcome.Delivered delivered && WillBeStale(assignment))
        {
            _links.Corrector.Tell(new CorrectorProtocol.Prepare(StaleUpdateOf(assignment, delivered), assignment.Due));
        }
    }

    /// <summary>A guess: a wrong one costs time, never bits.</summary>
    private bool WillBeStale(Assignment assignment) =>
        _state.Model.StalenessOf(assignment) > 0
        || (_plan.Settings.Cadence.ClosingBuffer is { } buffer
            ? _state.Ledger.Open.Count(open => open.Due < assignment.Due) >= buffer
            : assignment.Due > _state.Now + _plan.Settings.RoundDuration);

    private StaleUpdate StaleUpdateOf(Assignment assignment, AssignmentOutcome.Delivered delivered) => new(
        assignment.Id,
        assignment.Client,
        assignment.BaseVersion,
        delivered.Samples,
        _state.Versions.Find(assignment.Handed),
        delivered.Update);

    private void Enter(CorrectorProtocol.Corrected corrected)
    {
        if (!_state.Enter(corrected))
        {
            return;
        }

        if (_closing)
        {
            GoOnClosing();
        }
        else
        {
            CloseRoundIfComplete();
        }

        Advance();
    }

    /// <summary>
    /// A round closes when the corrector has answered (on the wall clock what is not ready waits for the next round) and
    /// has handed over what it remembers.
    /// </summary>
    private void GoOnClosing()
    {
        if (IsVirtual && _state.Model.Pending > 0)
        {
            return;
        }

        if (IsVirtual && _onlyIfComplete && !WouldClose)
        {
            ReopenRound();
            return;
        }

        if (!Corrects)
        {
            FinishClosing();
        }
        else if (_closingTo is null)
        {
            _closingTo = _state.Model.Version + (_state.Model.Ready > 0 ? 1 : 0);
            _links.Corrector.Tell(new CorrectorProtocol.CloseVersion(_closingTo.Value));
        }
    }
}
