using System.Globalization;
using FedActors.Actors.Federation;
using Spectre.Console;

namespace FedActors.Host.Terminal;

/// <summary>Redraws a table of the latest evaluations and a bar of progress on a terminal.</summary>
internal sealed class LiveRunDisplay : IRunDisplay
{
    private const int ShownEvaluations = 12;
    private const int BarWidth = 40;

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly RunClock _clock;
    private readonly int? _watchClass;
    private readonly List<RoundRecord> _evaluations = [];
    private RunProgress? _progress;
    private TimeSpan? _left;

    public LiveRunDisplay(IAnsiConsole console, TimeProvider time, int? watchClass)
    {
        _console = console;
        _time = time;
        _clock = new RunClock(time);
        _watchClass = watchClass;
    }

    public void Report(RunProgress value)
    {
        lock (_lock)
        {
            _progress = value;
            _left = _clock.Left(value);
            if (value.LastEvaluation is { } evaluation && evaluation.Round > (_evaluations.LastOrDefault()?.Round ?? -1))
            {
                _evaluations.Add(evaluation);
            }
        }
    }

    public Task FollowAsync(Task run) => LiveFrames.FollowAsync(_console, _time, Draw, run);

    /// <summary>
    /// A frame of at least two lines: Spectre's live display moves up "0 lines" after a frame of one, which terminals take
    /// for one line, and so climbs up the screen.
    /// </summary>
    private Grid Draw()
    {
        lock (_lock)
        {
            var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0));
            if (_evaluations.Count > 0)
            {
                grid.AddRow(DrawEvaluations());
            }

            foreach (var line in _progress is { } progress ? DrawProgress(progress) : [" starting …", " "])
            {
                grid.AddRow(new Markup(line));
            }

            return grid;
        }
    }

    private Table DrawEvaluations()
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("round").RightAligned())
            .AddColumn(new TableColumn("accuracy").RightAligned());
        if (_watchClass is { } watched)
        {
            table.AddColumn(new TableColumn($"class {watched}").RightAligned());
        }

        table.AddColumn(new TableColumn("loss").RightAligned()).AddColumn("");
        foreach (var evaluation in _evaluations.TakeLast(ShownEvaluations))
        {
            var cells = new List<string> { evaluation.Round.ToString(CultureInfo.InvariantCulture), Text.Percent(evaluation.Accuracy) };
            if (_watchClass is { } shown)
            {
                cells.Add(Text.Percent(evaluation.ClassAccuracy[shown]));
            }

            cells.Add(Text.Number(evaluation.Loss, 3));
            cells.Add(ProgressBar.Draw(evaluation.Accuracy, BarWidth / 2));
            table.AddRow([.. cells]);
        }

        return table;
    }

    private IReadOnlyList<string> DrawProgress(RunProgress progress)
    {
        var left = progress.Round == progress.Rounds ? "" : _left is { } time ? $", {Text.Duration(time)} left" : "";
        return
        [
            $" {ProgressBar.Draw((double)progress.Round / progress.Rounds, BarWidth)} round {progress.Round} of {progress.Rounds}, "
                + $"version {progress.Version}, {Text.Duration(_clock.Elapsed)}{left}",
            $" {string.Join("  ", [.. CounterText.Total(progress.Counters), .. CounterText.Losses(progress)])}",
        ];
    }
}
