using FedActors.Actors.Federation;
using FedActors.Host.Terminal;
using Spectre.Console;
using Text = FedActors.Host.Terminal.Text;

namespace FedActors.Host.Comparison;

/// <summary>Redraws a table of all runs on a terminal, with their curves so far.</summary>
internal sealed class LiveComparisonDisplay : IComparisonDisplay
{
    private const int BarWidth = 10;

    // Lines around the rows: those of the table, and a few that the terminal keeps for itself.
    private const int OtherLines = 9;

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly RunClock _clock;
    private readonly ComparisonPlan _plan;
    private readonly RunRow[] _rows;
    private readonly List<string> _notes = [];
    private readonly bool _manySeeds;
    private readonly int _curveWidth;

    public LiveComparisonDisplay(IAnsiConsole console, TimeProvider time, ComparisonPlan plan)
    {
        _console = console;
        _time = time;
        _clock = new RunClock(time);
        _plan = plan;
        _rows = [.. plan.Runs.Select(run => new RunRow(run))];
        _manySeeds = plan.Runs.Select(run => run.Settings.Federation.Seed).Distinct().Count() > 1;
        var curves = plan.Settings.Evaluation.WatchClass is null ? 1 : 2;
        _curveWidth = Math.Clamp((console.Profile.Width - 66) / curves, 8, 24);
    }

    public void Begin(int index, bool resumed)
    {
        lock (_lock)
        {
            _rows[index].Begin(_time);
        }
    }

    public void Report(int index, RunProgress progress)
    {
        lock (_lock)
        {
            _rows[index].Report(progress);
        }
    }

    public void End(int index, RunEnding ending)
    {
        lock (_lock)
        {
            _rows[index].End(ending);
        }
    }

    public void Note(string text)
    {
        lock (_lock)
        {
            _notes.Add(text);
        }
    }

    public Task FollowAsync(Task work) => LiveFrames.FollowAsync(_console, _time, Draw, work);

    /// <summary>One frame.</summary>
    public Grid Draw()
    {
        lock (_lock)
        {
            var grid = new Grid().AddColumn(new GridColumn().PadLeft(0));
            foreach (var note in _notes)
            {
                grid.AddRow(new Markup(Markup.Escape(note)));
            }

            grid.AddRow(DrawRuns());
            grid.AddRow(new Markup($" {DescribeAll()}"));
            return grid;
        }
    }

    private Table DrawRuns()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("policy").NoWrap());
        if (_manySeeds)
        {
            table.AddColumn(new TableColumn("seed").RightAligned());
        }

        table.AddColumn(new TableColumn("rounds").NoWrap()).AddColumn(new TableColumn("accuracy").NoWrap());
        if (_plan.Settings.Evaluation.WatchClass is { } watched)
        {
            table.AddColumn(new TableColumn($"class {watched}").NoWrap());
        }

        table.AddColumn(new TableColumn("").NoWrap());
        foreach (var row in Shown())
        {
            table.AddRow([.. Cells(row)]);
        }

        return table;
    }

    private IEnumerable<string> Cells(RunRow row)
    {
        var federation = row.Run.Settings.Federation;
        yield return Markup.Escape(federation.Staleness.Policy.Name);
        if (_manySeeds)
        {
            yield return federation.Seed.ToString();
        }

        var rounds = federation.Rounds.ToString();
        yield return $"{ProgressBar.Draw((double)row.Round / federation.Rounds, BarWidth)} {row.Round.ToString().PadLeft(rounds.Length)}";
        yield return Curve(row.Accuracy, federation.Rounds, "blue");
        if (_plan.Settings.Evaluation.WatchClass is not null)
        {
            yield return Curve(row.Watched, federation.Rounds, "yellow");
        }

        yield return Describe(row);
    }

    private string Curve(IReadOnlyList<(int Round, double Share)> points, int rounds, string color) =>
        $"[{color}]{Sparkline.Draw(points, rounds, _curveWidth)}[/] {(points.Count > 0 ? Text.Percent(points[^1].Share) : ""),6}";

    private static string Describe(RunRow row) => row.Ending switch
    {
        RunEnding.Done(_, var reused) => reused ? "done before" : "done",
        RunEnding.Saved => "saved",
        RunEnding.Failed => "[red]failed[/]",
        _ when !row.IsRunning => "[grey]waits[/]",
        _ => row.Left is { } left ? $"{Text.Duration(left)} left" : "starts",
    };

    private string DescribeAll()
    {
        var done = _rows.Count(row => row.Ending is RunEnding.Done);
        return $"{done} of {Text.Count(_rows.Length, "run")} done, {Text.Duration(_clock.Elapsed)}";
    }

    /// <summary>All runs, or where the terminal has too few lines, those that go on, then the next, then the last that ended.</summary>
    private IEnumerable<RunRow> Shown()
    {
        var room = Math.Max(3, _console.Profile.Height - OtherLines - _notes.Count);
        if (_rows.Length <= room)
        {
            return _rows;
        }

        var chosen = _rows.Where(row => row.IsRunning)
            .Concat(_rows.Where(row => row is { IsRunning: false, Ending: null }).Take(room / 4))
            .Concat(_rows.Where(row => row.Ending is not null).Reverse())
            .Take(room)
            .ToHashSet();
        return _rows.Where(chosen.Contains);
    }
}
