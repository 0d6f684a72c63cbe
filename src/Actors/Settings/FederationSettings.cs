using FedActors.Models.Tensors;
using FedActors.Models.Training;

namespace FedActors.Actors.Settings;

/// <summary>Everything that decides a run. Two runs with equal settings in virtual time end with the same bits.</summary>
public sealed record FederationSettings
{
    /// <summary>Name of the run; becomes a folder name under <c>runs/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Seed from which every random choice of the run derives.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of rounds, at least 1.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether reports are processed as they come or in the order of virtual arrival.</summary>
    public required ClockMode Clock { get; init; }

    /// <summary>Length of one round. Latencies in rounds are multiples of it, and cadence <c>rounds</c> lasts it.</summary>
    public required TimeSpan RoundDuration { get; init; }

    /// <summary>The images and how they are dealt to the clients.</summary>
    public required DataSettings Data { get; init; }

    /// <summary>Name of the network in the catalogue.</summary>
    public required string Network { get; init; }

    /// <summary>Where tensors are computed: a name that <see cref="TensorDevice.Choose(string)"/> takes. Default <c>auto</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>What a client does with an assignment.</summary>
    public required TrainingRecipe Training { get; init; }

    /// <summary>Who is given work.</summary>
    public required SelectionSettings Selection { get; init; }

    /// <summary>When the aggregator aggregates.</summary>
    public required CadenceSettings Cadence { get; init; }

    /// <summary>How long devices take and how they fail.</summary>
    public required DeviceSettings Devices { get; init; }

    /// <summary>What is made of a stale update.</summary>
    public required StalenessSettings Staleness { get; init; }

    /// <summary>Which updates are refused.</summary>
    public required AcceptanceSettings Acceptance { get; init; }

    /// <summary>How updates become a new version.</summary>
    public required AggregationSettings Aggregation { get; init; }

    /// <summary>When the global model is measured.</summary>
    public required EvaluationSettings Evaluation { get; init; }

    /// <summary>How often the state of the run reaches the disk.</summary>
    public required JournalSettings Journal { get; init; }
}
