namespace FedActors.Actors.Federation;

/// <summary>Totals since the run began, over interruptions.</summary>
public sealed record RunCounters
{
    /// <summary>All zero.</summary>
    public static readonly RunCounters Zero = new();

    /// <summary>Updates that entered an aggregation.</summary>
    public long UpdatesAggregated { get; init; }

    /// <summary>Updates among them whose staleness was above 0.</summary>
    public long StaleUpdates { get; init; }

    /// <summary>Stale updates that a policy replaced by an estimate of the fresh one.</summary>
    public long ConvertedUpdates { get; init; }

    /// <summary>Stale updates whose conversion failed or took too long, so that the fallback policy treated them.</summary>
    public long FailedConversions { get; init; }

    /// <summary>Iterations of gradient inversion.</summary>
    public long InversionIterations { get; init; }

    /// <summary>Updates refused by acceptance.</summary>
    public long UpdatesRejected { get; init; }

    /// <summary>Assignments whose update never came: the device went offline or was dropped.</summary>
    public long UpdatesDropped { get; init; }

    /// <summary>Trainers restarted after a crash.</summary>
    public long DeviceRestarts { get; init; }

    /// <summary>Aggregated updates by staleness, in the buckets of <see cref="StalenessHistogram"/>.</summary>
    public StalenessHistogram StalenessCounts { get; init; } = StalenessHistogram.Empty;

    /// <summary>Seconds of local training, summed over cores.</summary>
    public double TrainSeconds { get; init; }

    /// <summary>Seconds of evaluation, summed over cores.</summary>
    public double EvaluationSeconds { get; init; }

    /// <summary>Seconds of gradient inversion, summed over cores.</summary>
    public double InversionSeconds { get; init; }

    /// <summary>Wall-clock seconds of the run, without the time between interruption and resumption.</summary>
    public double WallSeconds { get; init; }
}
