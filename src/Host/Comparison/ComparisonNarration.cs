using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>What is said while a comparison goes on.</summary>
internal sealed class ComparisonNarration
{
    private readonly HostEnvironment _environment;
    private readonly ComparisonPlan _plan;
    private readonly int _width;

    public ComparisonNarration(HostEnvironment environment, ComparisonPlan plan)
    {
        _environment = environment;
        _plan = plan;
        _width = plan.Runs.Max(run => run.ToString().Length);
    }

    /// <summary>The folder of the comparison, as the user would write it.</summary>
    public string Place => _environment.Shown(_plan.Directory);

    private TextWriter Output => _environment.Out;

    /// <summary>Says what begins.</summary>
    public void Begin(int workers)
    {
        var settings = _plan.Settings;
        Output.WriteLine(
            $"Comparing {settings.Name}: {settings.Network} on {settings.Data.Set}, {Text.Count(_plan.Runs.Length, "run")} of "
            + $"{Text.Count(settings.Rounds, "round")} one after another, {Text.Count(workers, "worker")}.");
        Output.WriteLine($"Results go to {Place}.");
    }

    /// <summary>Says that a run starts; in a pipe its last line is enough.</summary>
    public void Start(int index)
    {
        if (_environment.Terminal is not null)
        {
            Say(index, "starts");
        }
    }

    /// <summary>Says that a run was begun before.</summary>
    public void Resume(int index) => Say(index, "was begun before and goes on");

    /// <summary>Says where other results went that were in a run's place.</summary>
    public void MoveAside(string from, string to) =>
        Output.WriteLine($"The earlier results in {_environment.Shown(from)} are now in {_environment.Shown(to)}.");

    /// <summary>Says how a run ended.</summary>
    public void Complete(int index, RunResult result, bool reused)
    {
        var totals = result.Totals;
        var watched = _plan.Settings.Evaluation.WatchClass is { } watch
            ? $"  class {watch} {Text.Percent(totals.ClassAccuracy[watch]),6}"
            : "";
        var origin = reused ? "  finished before, used as it is" : "";
        var time = Text.Duration(TimeSpan.FromSeconds(totals.WallSeconds));
        Say(index, $"accuracy {Text.Percent(totals.FinalAccuracy),6}{watched}  in {time}{origin}");
    }

    /// <summary>Says where the figures are.</summary>
    public void End() =>
        Output.WriteLine($"Results: {Place} ({ComparisonFiles.Markdown}, {ComparisonFiles.Json}, a folder for each run)");

    /// <summary>What to say of an interruption.</summary>
    /// <param name="index">The run that did not end.</param>
    /// <param name="round">Its rounds that are done.</param>
    public string Interruption(int index, int round) =>
        $"Interrupted in run {index + 1} of {_plan.Runs.Length} ({_plan.Runs[index]}) after round {round}. "
        + "The same command goes on from there.";

    /// <summary>What to say of a failure.</summary>
    /// <param name="index">The run that failed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="resumable">Whether it may go on.</param>
    public string Failure(int index, string reason, bool resumable) =>
        $"Run {index + 1} of {_plan.Runs.Length} ({_plan.Runs[index]}) failed: {reason}\nAll results so far are kept in {Place}."
        + (resumable ? " Once the cause is mended, the same command goes on from there." : "");

    private void Say(int index, string text)
    {
        var count = _plan.Runs.Length.ToString();
        var number = (index + 1).ToString().PadLeft(count.Length);
        Output.WriteLine($"run {number}/{count}  {_plan.Runs[index].ToString().PadRight(_width)}  {text}");
        Output.Flush();
    }
}
