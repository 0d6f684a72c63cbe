using System.Collections.Immutable;
using FedActors.Actors.Aggregator;
using FedActors.Models.Aggregation;
using FedActors.Models.Aggregation.Tiers;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>The text of a checkpoint's file. What is made of vectors stands here with their numbers in the file.</summary>
/// <param name="State">All that is not made of vectors.</param>
/// <param name="Versions">Versions of the model that the checkpoint needs, each in a file of its own.</param>
/// <param name="OptimizerSteps">Steps of the server optimiser.</param>
/// <param name="Moments">Its vectors.</param>
/// <param name="TierModels">Models of the tiers, −1 for none yet; null without tiers.</param>
/// <param name="TierUpdates">Updates of the tiers.</param>
/// <param name="Corrector">What the corrector remembers.</param>
/// <param name="Corrections">What it works on.</param>
/// <param name="ResultsLength">Length in bytes of <c>rounds.jsonl</c>.</param>
internal sealed record CheckpointHead(
    Checkpoint State,
    ImmutableArray<long> Versions,
    long OptimizerSteps,
    ImmutableArray<int> Moments,
    int[]? TierModels,
    long[]? TierUpdates,
    CorrectorHead Corrector,
    ImmutableArray<CheckpointHead.Correction> Corrections,
    long ResultsLength)
{
    /// <summary>An accepted update without its vector.</summary>
    public sealed record Correction(Assignment Assignment, int Samples, double Loss, double Seconds, int Restarts, int Update);

    /// <summary>Takes a checkpoint apart.</summary>
    public static CheckpointHead Of(Checkpoint checkpoint, long resultsLength, VectorTable vectors) => new(
        checkpoint,
        [.. checkpoint.Versions.Keys.Concat(checkpoint.Spilled).Order()],
        checkpoint.Optimizer.Steps,
        [.. checkpoint.Optimizer.Moments.Select(vectors.Add)],
        checkpoint.Tiers?.Models.Select(model => model is null ? -1 : vectors.Add(model)).ToArray(),
        checkpoint.Tiers?.Updates.ToArray(),
        CorrectorHead.Of(checkpoint.Corrector, vectors),
        [
            .. checkpoint.Corrections.Select(update => new Correction(
                update.Assignment, update.Samples, update.Loss, update.Seconds, update.Restarts, vectors.Add(update.Update))),
        ],
        resultsLength);

    /// <summary>Puts a checkpoint together again.</summary>
    /// <param name="vectors">The vectors of the file.</param>
    /// <param name="version">Reads a version of the model.</param>
    public Checkpoint ToCheckpoint(IReadOnlyList<ParameterVector> vectors, Func<long, ParameterVector> version) => State with
    {
        Versions = Versions.ToImmutableDictionary(number => number, version),
        Optimizer = new ServerOptimizerState(OptimizerSteps, [.. Moments.Select(number => vectors[number])]),
        Tiers = TierModels is null
            ? null
            : new TierModels([.. TierModels.Select(number => number < 0 ? null : vectors[number])], [.. TierUpdates!]),
        Corrector = Corrector.ToState(vectors),
        Corrections =
        [
            .. Corrections.Select(update => new AcceptedUpdate(
                update.Assignment, update.Samples, update.Loss, update.Seconds, update.Restarts, vectors[update.Update])),
        ],
    };
}
