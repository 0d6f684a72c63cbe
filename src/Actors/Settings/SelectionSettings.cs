namespace FedActors.Actors.Settings;

/// <summary>Which clients are given work at the start of a round.</summary>
public enum SelectionPolicy
{
    /// <summary>In the order of client numbers, round and round. A client still at work is given more.</summary>
    RoundRobin,

    /// <summary>Drawn at random without replacement. A client still at work is given more.</summary>
    Random,

    /// <summary>Only clients without work, those that waited longest first.</summary>
    Available,
}

/// <summary>Who is given work.</summary>
/// <param name="Policy">The order of choice.</param>
/// <param name="PerRound">Clients a round, at least 1 and at most the number of clients.</param>
/// <param name="Concurrency">
/// Clients at work at any time, at least 1: whoever ends is followed at once by another that has no work. Null gives
/// work at the start of rounds only.
/// </param>
/// <param name="OverSelection">
/// How many times <paramref name="PerRound"/> are given work, at least 1; a synchronous round closes without the slowest
/// (Bonawitz et al., 2019).
/// </param>
public sealed record SelectionSettings(
    SelectionPolicy Policy, int PerRound, int? Concurrency = null, double OverSelection = 1)
{
    /// <summary>Clients that are given work at the start of a round.</summary>
    public int Chosen => (int)Math.Ceiling((PerRound * OverSelection) - 1e-9);
}
