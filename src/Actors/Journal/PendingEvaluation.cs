using FedActors.Actors.Aggregator;

namespace FedActors.Actors.Journal;

/// <summary>An evaluation that was asked for and has no answer.</summary>
/// <param name="Round">Rounds finished when it was asked for.</param>
/// <param name="Version">Version to measure.</param>
/// <param name="Now">Federation time of the round's end.</param>
/// <param name="WallSeconds">Wall-clock time of the round's end.</param>
/// <param name="Statistics">Counts since the evaluation before.</param>
public sealed record PendingEvaluation(int Round, long Version, TimeSpan Now, double WallSeconds, RoundStatistics Statistics)
{
    /// <summary>Smoothed E1/E2 at the round's end, or null.</summary>
    public double? ErrorRatio { get; init; }

    /// <summary>Weight of converted updates at the round's end, or null.</summary>
    public double? InversionWeight { get; init; }
}
