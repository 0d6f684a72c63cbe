using FedActors.Actors.Federation;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>Writes lines for logs and pipes: some of each run's evaluations, and how it ended.</summary>
internal sealed class PlainComparisonDisplay : IComparisonDisplay
{
    // Enough to see that something moves, few enough to read.
    private const int LinesPerRun = 10;

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly ComparisonPlan _plan;
    private readonly bool _everyEvaluation;
    private readonly int _width;
    private readonly int[] _lastRounds;

    /// <summary>A display.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="plan">What is carried out.</param>
    /// <param name="everyEvaluation">Whether each evaluation is told, instead of about ten of each run.</param>
    public PlainComparisonDisplay(TextWriter output, ComparisonPlan plan, bool everyEvaluation)
    {
        _output = output;
        _plan = plan;
        _everyEvaluation = everyEvaluation;
        _width = plan.Runs.Max(run => run.ToString().Length);
        _lastRounds = new int[plan.Runs.Length];
    }

    public void Begin(int index, bool resumed)
    {
        if (resumed)
        {
            Say(index, "was begun before and goes on");
        }
    }

    public void Report(int index, RunProgress progress)
    {
        lock (_lock)
        {
            if (progress.LastEvaluation is not { } evaluation || evaluation.Round <= _lastRounds[index])
            {
                return;
            }

            var isTold = _everyEvaluation || Part(evaluation.Round, progress.Rounds) > Part(_lastRounds[index], progress.Rounds);
            // The end has a line of its own.
            if (isTold && (_everyEvaluation || evaluation.Round < progress.Rounds))
            {
                Say(index, $"{Round(evaluation.Round)}  {Shares(evaluation.Accuracy, evaluation.ClassAccuracy)}");
            }

            _lastRounds[index] = evaluation.Round;
        }
    }

    public void End(int index, RunEnding ending)
    {
        switch (ending)
        {
            case RunEnding.Done(var result, var reused):
                var totals = result.Totals;
                Say(
                    index,
                    $"done: {Shares(totals.FinalAccuracy, totals.ClassAccuracy)}  in "
                    + Text.Duration(TimeSpan.FromSeconds(totals.WallSeconds)) + (reused ? "  finished before, used as it is" : ""));
                break;
            case RunEnding.Saved saved:
                Say(index, $"saved after {Text.Count(saved.Round, "round")}");
                break;
            case RunEnding.Failed:
                Say(index, "failed");
                break;
        }
    }

    public void Note(string text)
    {
        lock (_lock)
        {
            _output.WriteLine(text);
            _output.Flush();
        }
    }

    public async Task FollowAsync(Task work) => await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static int Part(int round, int rounds) => (int)((long)round * LinesPerRun / rounds);

    private string Round(int round)
    {
        var rounds = _plan.Settings.Rounds.ToString();
        return $"round {round.ToString().PadLeft(rounds.Length)}/{rounds}";
    }

    private string Shares(double accuracy, IReadOnlyList<double> classAccuracy)
    {
        var watched = _plan.Settings.Evaluation.WatchClass is { } watch
            ? $"  class {watch} {Text.Percent(classAccuracy[watch]),6}"
            : "";
        return $"accuracy {Text.Percent(accuracy),6}{watched}";
    }

    private void Say(int index, string text)
    {
        var count = _plan.Runs.Length.ToString();
        var number = (index + 1).ToString().PadLeft(count.Length);
        Note($"run {number}/{count}  {_plan.Runs[index].ToString().PadRight(_width)}  {text}");
    }
}
