using FedActors.Actors.Federation;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>Where one run of a comparison stands, as a live table shows it.</summary>
internal sealed class RunRow
{
    private readonly List<(int Round, double Share)> _accuracy = [];
    private readonly List<(int Round, double Share)> _watched = [];
    private readonly int? _watchClass;
    private RunClock? _clock;

    public RunRow(ComparedRun run)
    {
        Run = run;
        _watchClass = run.Settings.Federation.Evaluation.WatchClass;
    }

    /// <summary>The run.</summary>
    public ComparedRun Run { get; }

    /// <summary>Its rounds that are done.</summary>
    public int Round { get; private set; }

    /// <summary>How it ended, or null while it has not.</summary>
    public RunEnding? Ending { get; private set; }

    /// <summary>Whether it is going on now.</summary>
    public bool IsRunning => _clock is not null && Ending is null;

    /// <summary>What is left of it if its speed stays what it is; null where that can't be told.</summary>
    public TimeSpan? Left { get; private set; }

    /// <summary>The accuracies so far.</summary>
    public IReadOnlyList<(int Round, double Share)> Accuracy => _accuracy;

    /// <summary>Those of the watched class.</summary>
    public IReadOnlyList<(int Round, double Share)> Watched => _watched;

    /// <summary>The run begins.</summary>
    public void Begin(TimeProvider time) => _clock = new RunClock(time);

    /// <summary>The run has come further.</summary>
    public void Report(RunProgress progress)
    {
        Round = progress.Round;
        Left = _clock?.Left(progress);
        if (progress.LastEvaluation is { } evaluation && evaluation.Round > (_accuracy.Count > 0 ? _accuracy[^1].Round : 0))
        {
            Add(evaluation.Round, evaluation.Accuracy, evaluation.ClassAccuracy);
        }
    }

    /// <summary>The run has ended.</summary>
    public void End(RunEnding ending)
    {
        Ending = ending;
        if (ending is RunEnding.Done done)
        {
            // What an earlier command did has not been reported.
            _accuracy.Clear();
            _watched.Clear();
            foreach (var round in done.Result.Rounds)
            {
                Add(round.Round, round.Accuracy, round.ClassAccuracy);
            }

            Round = Run.Settings.Federation.Rounds;
        }
    }

    private void Add(int round, double accuracy, IReadOnlyList<double> classAccuracy)
    {
        _accuracy.Add((round, accuracy));
        if (_watchClass is { } watched)
        {
            _watched.Add((round, classAccuracy[watched]));
        }
    }
}
