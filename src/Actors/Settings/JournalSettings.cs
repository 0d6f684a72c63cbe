namespace FedActors.Actors.Settings;

/// <summary>How often the state of the run reaches the disk.</summary>
/// <param name="Interval">Least wall-clock time between two checkpoints; zero writes one after every aggregation.</param>
public sealed record JournalSettings(TimeSpan Interval);
