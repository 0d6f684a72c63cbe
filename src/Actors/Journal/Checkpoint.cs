using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Corrector;
using FedActors.Actors.Federation;
using FedActors.Models.Aggregation;
using FedActors.Models.Aggregation.Tiers;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>
/// The whole state of a run at the beginning of a round. Updates in flight are not in it: their assignments are, and each
/// computes to the same bits again.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>Names the settings and the model the checkpoint belongs to.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Rounds finished.</summary>
    public required int Round { get; init; }

    /// <summary>Federation time.</summary>
    public required TimeSpan Now { get; init; }

    /// <summary>Version of the global model.</summary>
    public required long Version { get; init; }

    /// <summary>Id of the next assignment.</summary>
    public required long NextAssignment { get; init; }

    /// <summary>Where round-robin selection goes on.</summary>
    public required int SelectionCursor { get; init; }

    /// <summary>Where the round that has begun stands.</summary>
    public required RoundTally Tally { get; init; }

    /// <summary>Assignments without an outcome.</summary>
    public required ImmutableArray<Assignment> Open { get; init; }

    /// <summary>Ids that were perhaps given before a crash, to nobody knows whom.</summary>
    public ImmutableArray<IdRange> Unknown { get; init; } = [];

    /// <summary>Clients that are away, with the time of their return.</summary>
    public required ImmutableArray<KeyValuePair<int, TimeSpan>> Away { get; init; }

    /// <summary>For each client that ended an assignment, the id of the last.</summary>
    public required ImmutableArray<KeyValuePair<int, long>> Settled { get; init; }

    /// <summary>For each client whose update arrived, the staleness of the last.</summary>
    public ImmutableArray<KeyValuePair<int, long>> Staleness { get; init; } = [];

    /// <summary>Counts since the last evaluation.</summary>
    public required RoundStatistics Statistics { get; init; }

    /// <summary>Totals of the run.</summary>
    public required RunCounters Counters { get; init; }

    /// <summary>Evaluations that were asked for and have no answer.</summary>
    public required ImmutableArray<PendingEvaluation> Evaluations { get; init; }

    /// <summary>The newest evaluation that was answered.</summary>
    public RoundRecord? LastEvaluation { get; init; }

    /// <summary>Round in which the corrector began to switch back to stale updates; null before.</summary>
    public int? SwitchRound { get; init; }

    /// <summary>Weight of converted updates; null under policies that convert nothing.</summary>
    public double? InversionWeight { get; init; }

    /// <summary>State of the server optimiser.</summary>
    [JsonIgnore]
    public ServerOptimizerState Optimizer { get; init; } = new(0, []);

    /// <summary>Models of the tiers; null under other policies than <c>tiers</c>.</summary>
    [JsonIgnore]
    public TierModels? Tiers { get; init; }

    /// <summary>What the corrector remembers.</summary>
    [JsonIgnore]
    public CorrectorState Corrector { get; init; } = CorrectorState.Initial;

    /// <summary>Accepted updates that the corrector works on. In virtual time there are none at the beginning of a round.</summary>
    [JsonIgnore]
    public ImmutableArray<AcceptedUpdate> Corrections { get; init; } = [];

    /// <summary>Versions that are still needed and lie in <see cref="SpilledVersions"/>; none in a checkpoint that was read.</summary>
    [JsonIgnore]
    public ImmutableArray<long> Spilled { get; init; } = [];

    /// <summary>Parameters of every other version that is still needed, the current one among them.</summary>
    [JsonIgnore]
    public ImmutableDictionary<long, ParameterVector> Versions { get; init; } = ImmutableDictionary<long, ParameterVector>.Empty;
}
