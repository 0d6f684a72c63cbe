namespace FedActors.Actors.Settings;

/// <summary>When the aggregator aggregates.</summary>
public enum CadencePolicy
{
    /// <summary>When all that were assigned have answered or are lost, or at the deadline with a quorum.</summary>
    Synchronous,

    /// <summary>What arrived by the end of each round of fixed duration.</summary>
    Rounds,
}

/// <summary>When the aggregator aggregates.</summary>
/// <param name="Policy">The cadence.</param>
/// <param name="Quorum">Share of a round's assignments, in (0, 1], that must have answered before a deadline may close it.</param>
/// <param name="Deadline">How long a synchronous round waits for all; null waits without end.</param>
public sealed record CadenceSettings(CadencePolicy Policy, double Quorum, TimeSpan? Deadline);
