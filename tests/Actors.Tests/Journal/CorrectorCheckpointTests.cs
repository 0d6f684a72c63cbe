using FedActors.Actors.Corrector;
using FedActors.Actors.Journal;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Journal;

/// <summary>What staleness policies remember, on its way to the disk and back.</summary>
public sealed class CorrectorCheckpointTests : IDisposable
{
    private static readonly FederationSettings Slow = Checkpoints.Eventful.With(Small.Inversion);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_correctors_memory_survives_the_disk()
    {
        var plan = Small.Plan(Slow);
        var checkpoint = Checkpoints.Play(plan, 2).ToCheckpoint(1) with
        {
            Corrector = Checkpoints.Remembering(),
            SwitchRound = 4,
            InversionWeight = 0.25,
        };

        Checkpoints.AssertSame(checkpoint, ThroughDisk(checkpoint));
    }

    [Fact]
    public void An_empty_memory_survives_the_disk() =>
        Checkpoints.AssertSame(CorrectorState.Initial, ThroughDisk(Checkpoints.Play(Small.Plan(Slow), 0).ToCheckpoint(1)).Corrector);

    [Fact]
    public void Corrections_under_way_survive_the_disk_and_are_asked_for_again()
    {
        var plan = Small.Plan(Slow);
        var state = Checkpoints.Play(plan, 7);
        var checkpoint = state.ToCheckpoint(1);
        Assert.NotEmpty(checkpoint.Corrections);

        var loaded = ThroughDisk(checkpoint);
        Checkpoints.AssertSame(checkpoint, loaded);
        var restored = FedActors.Actors.Aggregator.FederationState.From(plan, loaded);

        Checkpoints.AssertSame(checkpoint, restored.ToCheckpoint(1));
        Assert.Equal(state.OpenCorrections(), restored.OpenCorrections());
        Assert.Equal(state.Model.Pending, restored.Model.Pending);
        Assert.All(restored.OpenCorrections(), correction => Assert.NotNull(correction.Start));
    }

    [Fact]
    public void The_models_of_tiers_survive_the_disk_those_that_are_silent_too()
    {
        var plan = Small.Plan(Checkpoints.Eventful.With(new Tiers()));
        var checkpoint = Checkpoints.Play(plan, 1).ToCheckpoint(1);
        Assert.Contains(checkpoint.Tiers!.Models, model => model is null);
        Assert.Contains(checkpoint.Tiers.Models, model => model is not null);

        Checkpoints.AssertSame(checkpoint, ThroughDisk(checkpoint));
        Checkpoints.AssertSame(checkpoint, FedActors.Actors.Aggregator.FederationState.From(plan, checkpoint).ToCheckpoint(1));
    }

    [Fact]
    public void Without_tiers_there_are_none_after_the_disk_either() =>
        Assert.Null(ThroughDisk(Checkpoints.Play(Small.Plan(Slow), 1).ToCheckpoint(1) with { Tiers = null }).Tiers);

    [Fact]
    public void A_vector_that_is_shared_is_kept_once()
    {
        var table = new VectorTable();
        var (first, second) = (Small.Vector(3, 1), Small.Vector(3, 2));

        Assert.Equal([0, 1, 0, 2], new[] { first, second, first, Small.Vector(3, 1) }.Select(table.Add));
        Assert.Equal([first, second, first], table.Vectors);
    }

    private Checkpoint ThroughDisk(Checkpoint checkpoint)
    {
        new CheckpointStore(_folder.Root, _ => { }).Save(checkpoint, resultsLength: 0);
        return new CheckpointStore(_folder.Root, _ => { }).Load()!.Value.Checkpoint;
    }
}
