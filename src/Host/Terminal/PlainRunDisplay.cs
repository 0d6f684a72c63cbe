using FedActors.Actors.Federation;

namespace FedActors.Host.Terminal;

/// <summary>Writes one line for each evaluated round, for logs and pipes.</summary>
internal sealed class PlainRunDisplay : IRunDisplay
{
    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly RunClock _clock;
    private readonly int? _watchClass;
    private int _lastRound = -1;

    public PlainRunDisplay(TextWriter output, TimeProvider time, int? watchClass)
    {
        _output = output;
        _clock = new RunClock(time);
        _watchClass = watchClass;
    }

    public void Report(RunProgress value)
    {
        lock (_lock)
        {
            var left = _clock.Left(value);
            if (value.LastEvaluation is not { } evaluation || evaluation.Round <= _lastRound)
            {
                return;
            }

            _lastRound = evaluation.Round;
            _output.WriteLine(Describe(evaluation, value, left));
            _output.Flush();
        }
    }

    public async Task FollowAsync(Task run) => await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private string Describe(RoundRecord evaluation, RunProgress progress, TimeSpan? left)
    {
        var width = progress.Rounds.ToString().Length;
        var parts = new List<string>
        {
            $"round {evaluation.Round.ToString().PadLeft(width)}/{progress.Rounds}",
            $"version {evaluation.Version}",
            $"accuracy {Text.Percent(evaluation.Accuracy),6}",
        };
        if (_watchClass is { } watched)
        {
            parts.Add($"class {watched} {Text.Percent(evaluation.ClassAccuracy[watched]),6}");
        }

        parts.Add($"loss {Text.Number(evaluation.Loss, 3)}");
        parts.AddRange(CounterText.Since(evaluation));
        parts.AddRange(CounterText.Losses(progress));
        parts.Add(Text.Duration(_clock.Elapsed));
        if (left is { } remaining && progress.Round < progress.Rounds)
        {
            parts.Add($"{Text.Duration(remaining)} left");
        }

        return string.Join("  ", parts);
    }
}
