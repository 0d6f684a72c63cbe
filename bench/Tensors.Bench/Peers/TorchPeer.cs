using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace FedActors.Tensors.Bench.Peers;

/// <summary>A long-lived Python process that times rows in PyTorch when asked, and otherwise waits.</summary>
internal sealed class TorchPeer : IDisposable
{
    private const string Ready = "ready ";

    private readonly Process _process;

    private TorchPeer(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    public string Version { get; }

    /// <summary>Starts the process; where that fails, says why and yields null.</summary>
    public static TorchPeer? TryStart(string python, TextWriter complaints)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "torch_peer.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["OPENBLAS_NUM_THREADS"] = "1",
                ["OMP_NUM_THREADS"] = "1",

                // Memory that the process keeps: by default the C library gives large buffers back to the system after each
                // operation, and taking them again costs PyTorch up to a third of its time in evaluation.
                ["MALLOC_MMAP_THRESHOLD_"] = "33554432",
                ["MALLOC_TRIM_THRESHOLD_"] = "4294967296",
                ["MALLOC_TOP_PAD_"] = "1073741824",
            },
        };
        try
        {
            var process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() is { } line && line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return new TorchPeer(process, line[Ready.Length..]);
            }

            process.Dispose();
            complaints.WriteLine($"'{python}' has no working PyTorch (see above); name another Python with --python.");
        }
        catch (Win32Exception exception)
        {
            complaints.WriteLine($"'{python}' could not be started ({exception.Message}); name another Python with --python.");
        }

        return null;
    }

    /// <summary>The median time of a repeat, in milliseconds.</summary>
    public double Measure(ComparisonRow row, int repeats)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Id} {repeats}"));
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"PyTorch ended during '{row.Id}'.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        // The script ends at the end of its input.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
