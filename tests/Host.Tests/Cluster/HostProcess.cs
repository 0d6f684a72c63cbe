using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FedActors.Host.Tests.Cluster;

/// <summary>A host in a process of its own, and what it says, with the time at which it said it.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int Continue = 18;
    private const int Stop = 19;
    private const int Terminate = 15;

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan At, string Text)> _lines = [];
    private readonly List<(Func<string, bool> Wanted, int From, TaskCompletionSource<TimeSpan> Found)> _waiting = [];
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Task _reading;
    private bool _disposed;

    private HostProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(), ReadErrorsAsync());
    }

    /// <summary>What was said so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines.Select(line => line.Text)];
            }
        }
    }

    public string Everything => string.Join('\n', [.. Lines, .. _errors]);

    /// <summary>Bytes that the process has in memory.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most that it ever had.</summary>
    public long PeakResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts <c>fedactors host</c>.</summary>
    /// <param name="program">Path of <c>fedactors.dll</c>.</param>
    /// <param name="directory">Where it is started.</param>
    /// <param name="environment">Variables that it finds beside those of this process.</param>
    /// <param name="arguments">What follows <c>host</c>.</param>
    public static HostProcess Start(
        string program, string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var runtime = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(runtime, [program, "host", .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>A moment from which one can listen for what is said.</summary>
    public int Mark()
    {
        lock (_lock)
        {
            return _lines.Count;
        }
    }

    /// <summary>Waits for a line, said before or still to come.</summary>
    /// <param name="wanted">Which line.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="from">The first line that counts, from <see cref="Mark"/>.</param>
    /// <returns>When it was said, on the clock of <see cref="Stopwatch"/>.</returns>
    public async Task<TimeSpan> SaysAsync(Func<string, bool> wanted, TimeSpan limit, int from = 0)
    {
        TaskCompletionSource<TimeSpan> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            for (var index = from; index < _lines.Count; index++)
            {
                if (wanted(_lines[index].Text))
                {
                    return _lines[index].At;
                }
            }

            _waiting.Add((wanted, from, found));
        }

        try
        {
            return await found.Task.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The host did not say what was waited for. It said:\n{Everything}");
        }
    }

    public Task<TimeSpan> SaysAsync(string part, TimeSpan limit, int from = 0) =>
        SaysAsync(line => line.Contains(part, StringComparison.Ordinal), limit, from);

    /// <summary>The time, as the lines have it.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Kills the process as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Stops the process from doing anything until <see cref="Thaw"/>, as if it were cut off.</summary>
    public void Freeze() => Signal(Stop);

    public void Thaw() => Signal(Continue);

    /// <summary>Asks the process to end in order.</summary>
    public void Interrupt() => Signal(Terminate);

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The host did not end. It said:\n{Everything}");
        }

        await _reading;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Signal(int number)
    {
        if (SendSignal(_process.Id, number) != 0)
        {
            throw new InvalidOperationException($"The process {_process.Id} could not be sent signal {number}.");
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = Now;
            lock (_lock)
            {
                _lines.Add((at, line));
                foreach (var waiting in _waiting.Where(waiting => _lines.Count > waiting.From && waiting.Wanted(line)).ToList())
                {
                    waiting.Found.TrySetResult(at);
                    _waiting.Remove(waiting);
                }
            }
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errors.Enqueue(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
