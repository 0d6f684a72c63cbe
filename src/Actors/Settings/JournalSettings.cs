namespace FedActors.Actors.Settings;

/// <summary>How often the state of the run reaches the disk.</summary>
/// <param name="Interval">Least wall-clock time between two checkpoints; zero writes one after every aggregation.</param>
/// <param name="VersionMemory">Bytes of older versions of the model that are kept in memory; the rest lies on disk. Default 1 GiB.</param>
public sealed record JournalSettings(TimeSpan Interval, long VersionMemory = 1L << 30);
