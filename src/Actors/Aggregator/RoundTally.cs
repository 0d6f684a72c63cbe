namespace FedActors.Actors.Aggregator;

/// <summary>Where the assignments of one round stand.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Assigned">Assignments given in it.</param>
/// <param name="Answered">Those among them with an update, accepted or refused.</param>
/// <param name="Settled">Those among them with any outcome.</param>
/// <param name="DeadlinePassed">Whether the deadline of the round has passed.</param>
/// <param name="Wanted">Answers that suffice; fewer than assigned where more were chosen than needed.</param>
public sealed record RoundTally(int Round, int Assigned, int Answered, int Settled, bool DeadlinePassed, int Wanted)
{
    /// <summary>The tally after an assignment ended.</summary>
    public RoundTally After(Assignment assignment, AssignmentOutcome outcome) =>
        assignment.Round != Round
            ? this
            : this with { Settled = Settled + 1, Answered = Answered + (outcome is AssignmentOutcome.Lost ? 0 : 1) };
}
