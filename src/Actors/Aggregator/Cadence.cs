using FedActors.Actors.Settings;

namespace FedActors.Actors.Aggregator;

/// <summary>Decides when a round closes. A pure function of its arguments: see each policy in <see cref="CadencePolicy"/>.</summary>
public static class Cadence
{
    /// <summary>Time after its start at which a round closes whatever has arrived; null where arrivals decide.</summary>
    /// <param name="settings">The cadence.</param>
    /// <param name="roundDuration">Length of a round.</param>
    /// <param name="atWork">Assignments that can still end the round.</param>
    public static TimeSpan? ClosesAfter(CadenceSettings settings, TimeSpan roundDuration, int atWork) =>
        // A round in which nobody can be given work passes as an empty one, so that devices can return.
        settings.Policy == CadencePolicy.Rounds || atWork == 0 ? roundDuration : null;

    /// <summary>Whether a round closes with what has arrived.</summary>
    /// <param name="settings">The cadence.</param>
    /// <param name="tally">Where the round stands.</param>
    /// <param name="buffered">Updates that the next aggregation will take.</param>
    public static bool Closes(CadenceSettings settings, RoundTally tally, int buffered)
    {
        if (settings.ClosingBuffer is { } enough)
        {
            return buffered >= enough;
        }

        if (settings.Policy != CadencePolicy.Synchronous || tally.Assigned == 0)
        {
            return false;
        }

        var enoughAnswered = tally.Answered >= tally.Wanted;
        var allSettled = tally.Settled == tally.Assigned;
        var quorumReached = tally.Answered >= settings.Quorum * tally.Wanted;
        return enoughAnswered || allSettled || (tally.DeadlinePassed && quorumReached);
    }
}
