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
public sealed record SelectionSettings(SelectionPolicy Policy, int PerRound);
