using System.Diagnostics;
using System.Text.RegularExpressions;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.EndToEnd;

public sealed partial class KillTests : IDisposable
{
    // Enough that a process can't finish while it is being killed.
    private const int Rounds = 80;

    private static readonly string[] Run = ["run", Experiment.File, "--set", $"rounds={Rounds}", "--out"];

    private readonly TestHost _host = new();

    public KillTests()
    {
        Experiment.Write(_host);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_killed_run_resumes_to_the_same_bits()
    {
        await _host.RunAsync([.. Run, "whole"]);

        await KillAtRoundAsync("parts", 2, [.. Run, "parts"]);
        await KillAtRoundAsync("parts", 12, "resume", "parts");
        var resumed = await _host.RunAsync("resume", "parts");

        Assert.Equal((ExitCode.Done, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(Experiment.Model(_host, "whole"), Experiment.Model(_host, "parts"));
        Assert.Equal(Rounds / 2, File.ReadAllLines(_host.PathOf("parts", "rounds.jsonl")).Length);
    }

    /// <summary>Runs the program in a process of its own, and kills it when it shows a round, or one after it.</summary>
    private async Task KillAtRoundAsync(string directory, int round, params string[] arguments)
    {
        using var child = Start(arguments);
        var errors = child.StandardError.ReadToEndAsync();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Evaluated().Match(line) is { Success: true } shown && int.Parse(shown.Groups[1].ValueSpan) >= round)
            {
                child.Kill();
                break;
            }
        }

        await child.WaitForExitAsync();
        Assert.False(File.Exists(_host.PathOf(directory, "summary.json")), $"The run ended before it was killed. {await errors}");
    }

    [GeneratedRegex(@"^round +(\d+)/")]
    private static partial Regex Evaluated();

    private Process Start(string[] arguments)
    {
        var runtime = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var program = Path.Combine(AppContext.BaseDirectory, "fedactors.dll");
        return Process.Start(new ProcessStartInfo(runtime, [program, .. arguments])
        {
            WorkingDirectory = _host.Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
