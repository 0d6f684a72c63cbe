using Spectre.Console;

namespace FedActors.Host.Terminal;

/// <summary>Shows how far downloads are: bars on a terminal, otherwise a line for each finished file.</summary>
internal sealed class DownloadDisplay
{
    private readonly HostEnvironment _environment;
    private readonly ProgressContext? _bars;
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);

    private DownloadDisplay(HostEnvironment environment, ProgressContext? bars)
    {
        _environment = environment;
        _bars = bars;
    }

    /// <summary>Shows the downloads that <paramref name="work"/> makes.</summary>
    public static Task ShowAsync(HostEnvironment environment, Func<DownloadDisplay, Task> work) => environment.Terminal is { } terminal
        ? terminal.Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new DownloadedColumn(),
                new RemainingTimeColumn())
            .StartAsync(bars => work(new DownloadDisplay(environment, bars)))
        : work(new DownloadDisplay(environment, bars: null));

    /// <summary>Where the progress of one file is reported; null where nobody looks.</summary>
    public IProgress<(long Bytes, long? Total)>? For(string file)
    {
        if (_bars is null)
        {
            return null;
        }

        var task = _bars.AddTask(file);
        _tasks[file] = task;
        return new Bar(task);
    }

    /// <summary>Says that a file is there.</summary>
    public void Finish(string file, bool wasFetched)
    {
        if (_tasks.TryGetValue(file, out var task))
        {
            task.Value = task.MaxValue;
            task.StopTask();
        }
        else
        {
            _environment.Out.WriteLine($"{file}: {(wasFetched ? "fetched" : "there already")}");
        }
    }

    private sealed class Bar(ProgressTask task) : IProgress<(long Bytes, long? Total)>
    {
        public void Report((long Bytes, long? Total) value)
        {
            task.IsIndeterminate = value.Total is null;
            task.MaxValue = value.Total ?? value.Bytes + 1;
            task.Value = value.Bytes;
        }
    }
}
