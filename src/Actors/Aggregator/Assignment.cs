namespace FedActors.Actors.Aggregator;

/// <summary>Work given to a client.</summary>
/// <param name="Id">Rises by one with each assignment of the run; orders arrivals at the same time.</param>
/// <param name="Client">Number of the client.</param>
/// <param name="BaseVersion">Version the client starts from.</param>
/// <param name="Round">Round in which it was given.</param>
/// <param name="Due">Federation time at which its update arrives.</param>
public sealed record Assignment(long Id, int Client, long BaseVersion, int Round, TimeSpan Due)
{
    /// <summary>
    /// Under which number the client's starting point is held: the base version, or a number of its own where the client
    /// was given a prediction.
    /// </summary>
    public long Handed { get; init; } = BaseVersion;
}
