using System.Collections.Immutable;

namespace FedActors.Actors.Federation;

/// <summary>The content of <c>summary.json</c>: a finished run.</summary>
public sealed record RunSummary
{
    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the staleness policy.</summary>
    public required string Policy { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>Number of parameters.</summary>
    public required int Parameters { get; init; }

    /// <summary>Where it was computed: <c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Rounds finished.</summary>
    public required int Rounds { get; init; }

    /// <summary>Accuracy after the last round, in [0, 1].</summary>
    public required double FinalAccuracy { get; init; }

    /// <summary>Mean cross-entropy after the last round, in nats.</summary>
    public required double FinalLoss { get; init; }

    /// <summary>Accuracy of each class after the last round, in [0, 1].</summary>
    public required ImmutableArray<double> ClassAccuracy { get; init; }

    /// <summary>Time in the federation's own clock, in seconds.</summary>
    public required double VirtualSeconds { get; init; }

    /// <summary>Round at which the corrector began to switch back to stale updates, or null where it never did.</summary>
    public int? SwitchRound { get; init; }

    /// <summary>Totals of the run.</summary>
    public required RunCounters Counters { get; init; }
}
