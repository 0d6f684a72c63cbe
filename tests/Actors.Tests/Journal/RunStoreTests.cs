using System.Text.Json;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Journal;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FederationPlan _plan = Small.Plan();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_run_starts_from_nothing()
    {
        using var store = Open(resume: false);

        var (checkpoint, accepted) = store.Recover();

        Assert.Null(checkpoint);
        Assert.Empty(accepted);
        Assert.True(RunStore.CanResume(_folder.Root));
        Assert.False(RunStore.IsFinished(_folder.Root));
    }

    [Fact]
    public void A_resumed_run_goes_on_from_checkpoint_results_and_accepted_updates()
    {
        var update = new AcceptedUpdate(Small.Given(1), 10, 0.5, 0.25, 0, Small.Vector(_plan, 1));
        using (var store = Open(resume: false))
        {
            store.Recover();
            store.Append(Records.Round(1));
            store.Save(State(_plan));
            store.Append(Records.Round(2));
            store.Log(update);
        }

        using (var store = Open(resume: true))
        {
            var (checkpoint, accepted) = store.Recover();

            Checkpoints.AssertSame(State(_plan), checkpoint!);
            Assert.Equal([update], accepted.AsEnumerable());
        }

        Assert.Single(File.ReadAllLines(_folder.At("rounds.jsonl")));
    }

    [Fact]
    public void An_update_that_was_accepted_while_a_checkpoint_was_made_is_not_lost()
    {
        var update = new AcceptedUpdate(Small.Given(1), 10, 0.5, 0.25, 0, Small.Vector(_plan, 1));
        using (var store = Open(resume: false))
        {
            store.Recover();
            store.Log(update);
            store.Save(State(_plan) with { Open = [update.Assignment] });
        }

        using (var store = Open(resume: true))
        {
            Assert.Equal([update], store.Recover().Accepted.AsEnumerable());
            store.Save(State(_plan));
        }

        using (var store = Open(resume: true))
        {
            Assert.Empty(store.Recover().Accepted);
        }
    }

    [Fact]
    public void A_new_run_forgets_the_one_before_in_its_folder()
    {
        using (var store = Open(resume: false))
        {
            store.Recover();
            store.Append(Records.Round(1));
            store.Save(State(_plan));
        }

        using (var store = Open(resume: false))
        {
            Assert.Null(store.Recover().Checkpoint);
        }

        Assert.Empty(File.ReadAllLines(_folder.At("rounds.jsonl")));
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused_and_what_may_change_is_named()
    {
        using (var store = Open(resume: false))
        {
            store.Recover();
            store.Save(State(_plan));
        }

        var other = Small.Plan(Small.Settings with { Seed = 99 });
        using var resumed = new RunStore(other, Small.Options(_folder.Root, resume: true), _ => { });

        var error = Assert.Throws<InvalidDataException>(() => resumed.Recover());
        Assert.Contains("other settings", error.Message);
        Assert.Contains("Only rounds, evaluation and journal may change", error.Message);
    }

    [Fact]
    public void A_finished_run_leaves_model_results_and_summary_and_no_journal()
    {
        var model = Small.Vector(_plan, 3);
        using (var store = Open(resume: false))
        {
            store.Recover();
            store.Append(Records.Round(6));
            store.Save(State(_plan));
            store.Finish(model, Records.Summary(_plan));
        }

        Assert.True(RunStore.IsFinished(_folder.Root));
        Assert.False(RunStore.CanResume(_folder.Root));
        Assert.Equal(
            ["model.safetensors", "rounds.jsonl", "summary.json"],
            Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName).Order());
        Assert.Equal(model, Safetensors.Read(_folder.At("model.safetensors")).ReadParameters(_plan.Network.Layout));
    }

    [Fact]
    public void The_summary_names_all_that_the_design_lists()
    {
        using (var store = Open(resume: false))
        {
            store.Recover();
            store.Finish(Small.Vector(_plan, 3), Records.Summary(_plan));
        }

        using var summary = JsonDocument.Parse(File.ReadAllBytes(_folder.At("summary.json")));
        Assert.Subset(
            summary.RootElement.EnumerateObject().Select(property => property.Name).ToHashSet(),
            new HashSet<string>
            {
                "name", "policy", "seed", "network", "device", "parameters", "dataset", "rounds", "finalAccuracy", "finalLoss",
                "classAccuracy", "wallSeconds", "virtualSeconds", "trainSeconds", "inversionSeconds", "evaluationSeconds",
                "conversions", "inversionIterations", "updatesAggregated", "updatesRejected", "updatesDropped",
                "deviceRestarts", "packages",
            });
        Assert.Equal("some version", summary.RootElement.GetProperty("packages").GetProperty("akka").GetString());
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_an_error()
    {
        File.WriteAllText(_folder.At("run"), "a file");

        Assert.ThrowsAny<IOException>(() => new RunStore(_plan, Small.Options(_folder.At("run")), _ => { }));
    }

    private static Checkpoint State(FederationPlan plan) => new FederationState(plan).ToCheckpoint(1);

    private RunStore Open(bool resume) => new(_plan, Small.Options(_folder.Root, resume: resume), _ => { });
}
