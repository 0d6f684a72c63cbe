namespace FedActors.Actors.Federation;

/// <summary>Where a run stands, told after every round and every evaluation.</summary>
public sealed record RunProgress
{
    /// <summary>Rounds finished so far.</summary>
    public required int Round { get; init; }

    /// <summary>Rounds in the whole run.</summary>
    public required int Rounds { get; init; }

    /// <summary>Version of the global model: the number of aggregations.</summary>
    public required long Version { get; init; }

    /// <summary>Time in the federation's own clock.</summary>
    public required TimeSpan FederationTime { get; init; }

    /// <summary>The newest evaluation, or null before the first.</summary>
    public RoundRecord? LastEvaluation { get; init; }

    /// <summary>Totals since the run began, over interruptions.</summary>
    public required RunCounters Counters { get; init; }

    /// <summary>Devices that are away now: offline or dropped.</summary>
    public required int DevicesAway { get; init; }
}
