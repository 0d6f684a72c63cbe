namespace FedActors.Actors.Aggregator;

/// <summary>A client that may be given work.</summary>
/// <param name="Client">Its number.</param>
/// <param name="OpenAssignments">Assignments it still works on.</param>
/// <param name="LastSettled">Id of the last assignment it ended; 0 where it ended none.</param>
public readonly record struct Candidate(int Client, int OpenAssignments, long LastSettled);
