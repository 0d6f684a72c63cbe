namespace FedActors.Actors.Transfer;

/// <summary>How vectors move between hosts.</summary>
public sealed record TransferSettings
{
    /// <summary>
    /// The most bytes of an update that travels with its report, in one frame, instead of being pulled: with its header it
    /// stays below Akka.Remote's frame limit.
    /// </summary>
    public const int LargestWhole = 120_000;

    /// <summary>Pulls that go on at the same time, at least 1; others wait for their turn. Default: 4.</summary>
    public int ConcurrentPulls { get; init; } = 4;

    /// <summary>Bytes of pulled vectors that are kept for the next who asks. Default: 256 MiB.</summary>
    public long CacheSize { get; init; } = 256L << 20;

    /// <summary>How often a pull is looked after. Default: a second.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks without a new byte before a pull asks again for what is missing. Default: 5.</summary>
    public int ChecksBeforeRepeat { get; init; } = 5;

    /// <summary>Checks without a new byte before a pull is given up. Default: 60.</summary>
    public int ChecksBeforeFailure { get; init; } = 60;
}
