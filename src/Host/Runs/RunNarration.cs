using FedActors.Actors.Federation;
using FedActors.Host.Terminal;

namespace FedActors.Host.Runs;

/// <summary>What is said before and after a run.</summary>
internal sealed class RunNarration
{
    private readonly TextWriter _output;
    private readonly string _place;

    /// <summary>A narration.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="place">The folder of the run, as the user would write it.</param>
    public RunNarration(TextWriter output, string place)
    {
        _output = output;
        _place = place;
    }

    /// <summary>Says what begins.</summary>
    public void Begin(FederationPlan plan, int workers, bool resume)
    {
        var settings = plan.Settings;
        var slow = plan.SlowClients.Count > 0 ? $" ({plan.SlowClients.Count} slow)" : "";
        var drift = settings.Data.Drift is { } second ? $" drifting to {second.Set}" : "";
        _output.WriteLine(
            $"{(resume ? "Resuming" : "Running")} {settings.Name}: {settings.Network} on {settings.Data.Set}{drift}, "
            + $"{Text.Count(settings.Data.Clients, "client")}{slow}, {settings.Selection.PerRound} a round, "
            + $"{Text.Count(settings.Rounds, "round")}, staleness {settings.Staleness.Policy.Name}, seed {settings.Seed}, "
            + $"{Text.Count(workers, "worker")} on {plan.Device}.");
        _output.WriteLine($"Results go to {_place}.");
    }

    /// <summary>Says how the run ended.</summary>
    public void Complete(RunSummary summary)
    {
        var counters = summary.Counters;
        _output.WriteLine();
        _output.WriteLine(
            $"Done: accuracy {Text.Percent(summary.FinalAccuracy)} after {Text.Count(summary.Rounds, "round")} "
            + $"in {Text.Duration(TimeSpan.FromSeconds(counters.WallSeconds))}.");
        _output.WriteLine(
            $"By class: {string.Join("  ", summary.ClassAccuracy.Select((accuracy, index) => $"{index}: {Text.Percent(accuracy)}"))}");
        _output.WriteLine($"Updates: {Describe(counters)}.");
        _output.WriteLine($"Results: {_place} (summary.json, rounds.jsonl, model.safetensors, config.conf)");
    }

    /// <summary>What to say of an interruption.</summary>
    public string Interruption(int round) =>
        $"Interrupted after round {round}. Go on with: {CommandName.Current} resume {_place}";

    /// <summary>What to say of a failure.</summary>
    public string Failure(RunOutcome.Failed failed) => failed.Resumable
        ? $"{failed.Reason}\nWhat was written so far is kept in {_place}. "
            + $"Once the cause is mended, go on with: {CommandName.Current} resume {_place}"
        : $"{failed.Reason}\nWhat was written so far is kept in {_place}.";

    private static string Describe(RunCounters counters)
    {
        var parts = new List<string> { $"{counters.UpdatesAggregated} aggregated" };
        foreach (var (count, words) in new[]
        {
            (counters.StaleUpdates, "of them stale"),
            (counters.ConvertedUpdates, "converted"),
            (counters.UpdatesRejected, "rejected"),
            (counters.UpdatesDropped, "never came"),
        })
        {
            if (count > 0)
            {
                parts.Add($"{count} {words}");
            }
        }

        if (counters.DeviceRestarts > 0)
        {
            parts.Add(Text.Count(counters.DeviceRestarts, "trainer restart"));
        }

        return string.Join(", ", parts);
    }
}
