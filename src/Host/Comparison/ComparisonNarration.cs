using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>What is said before and after a comparison.</summary>
internal sealed class ComparisonNarration
{
    private readonly HostEnvironment _environment;
    private readonly ComparisonPlan _plan;

    public ComparisonNarration(HostEnvironment environment, ComparisonPlan plan)
    {
        _environment = environment;
        _plan = plan;
    }

    private TextWriter Output => _environment.Out;

    private string Place => _environment.Shown(_plan.Directory);

    /// <summary>Says what begins.</summary>
    /// <param name="workers">The threads of all runs together.</param>
    /// <param name="parallel">How many runs go on side by side.</param>
    public void Begin(int workers, int parallel)
    {
        var settings = _plan.Settings;
        var order = parallel == 1 ? "one after another" : $"{parallel} at a time";
        Output.WriteLine(
            $"Comparing {settings.Name}: {settings.Network} on {settings.Data.Set}, {Text.Count(_plan.Runs.Length, "run")} of "
            + $"{Text.Count(settings.Rounds, "round")}, {order}, {Text.Count(workers, "worker")}.");
        Output.WriteLine($"Results go to {Place}.");
    }

    /// <summary>Says where the figures are.</summary>
    public void End()
    {
        Output.WriteLine($"Results: {Place} ({ComparisonFiles.Markdown}, {ComparisonFiles.Json}, a folder for each run)");
        Output.WriteLine($"Report:  {_environment.Shown(Path.Combine(_plan.Directory, ComparisonFiles.Page))}");
    }

    /// <summary>What to say of an interruption.</summary>
    /// <param name="endings">How far each run is.</param>
    /// <param name="resumption">What the user may do to go on.</param>
    public string Interruption(IReadOnlyList<RunEnding> endings, string resumption)
    {
        if (endings.All(ending => ending is RunEnding.NotBegun))
        {
            return "Interrupted before anything was begun.";
        }

        var saved = endings.Index().Where(run => run.Item is RunEnding.Saved)
            .Select(run => $"{Name(run.Index)} after round {((RunEnding.Saved)run.Item).Round}");
        return $"Interrupted: {string.Join("; ", saved.Append($"runs: {Count(endings)}"))}. {resumption}";
    }

    /// <summary>What to say of failures.</summary>
    /// <param name="endings">How far each run is.</param>
    /// <param name="resumption">What the user may do to go on.</param>
    public string Failure(IReadOnlyList<RunEnding> endings, string resumption)
    {
        var failed = endings.Index().Where(run => run.Item is RunEnding.Failed).ToList();
        var lines = failed.Select(run => $"{Name(run.Index)} failed: {((RunEnding.Failed)run.Item).Reason}").ToList();
        lines[0] = string.Concat(char.ToUpperInvariant(lines[0][0]).ToString(), lines[0].AsSpan(1));
        lines.Add($"Runs: {Count(endings)}. What was written is kept in {Place}.");
        if (failed.Any(run => ((RunEnding.Failed)run.Item).Resumable))
        {
            lines.Add($"Once the cause is mended: {resumption}");
        }

        return string.Join('\n', lines);
    }

    private string Name(int index) => $"run {index + 1} of {_plan.Runs.Length} ({_plan.Runs[index]})";

    private static string Count(IReadOnlyList<RunEnding> endings)
    {
        var parts = new List<string> { $"{endings.Count(ending => ending is RunEnding.Done)} of {endings.Count} done" };
        if (endings.Count(ending => ending is RunEnding.Saved) is > 0 and var saved)
        {
            parts.Add($"{saved} saved");
        }

        if (endings.Count(ending => ending is RunEnding.NotBegun) is > 0 and var waiting)
        {
            parts.Add($"{waiting} not begun");
        }

        return string.Join(", ", parts);
    }
}
