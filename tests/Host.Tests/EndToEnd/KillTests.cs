using System.Diagnostics;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.EndToEnd;

public sealed class KillTests : IDisposable
{
    private readonly TestHost _host = new();

    public KillTests()
    {
        Experiment.Write(_host);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_killed_run_resumes_to_the_same_bits()
    {
        await _host.RunAsync("run", Experiment.File, "--out", "whole");

        await KillAtRoundAsync("parts", 2, "run", Experiment.File, "--out", "parts");
        await KillAtRoundAsync("parts", 10, "resume", "parts");
        var resumed = await _host.RunAsync("resume", "parts");

        Assert.Equal((ExitCode.Done, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(Experiment.Model(_host, "whole"), Experiment.Model(_host, "parts"));
        Assert.Equal(Experiment.EvaluatedRounds.Count(), File.ReadAllLines(_host.PathOf("parts", "rounds.jsonl")).Length);
    }

    /// <summary>Runs the program in a process of its own, and kills it when it has shown a round.</summary>
    private async Task KillAtRoundAsync(string directory, int round, params string[] arguments)
    {
        using var child = Start(arguments);
        var errors = child.StandardError.ReadToEndAsync();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith($"round {round,2}/", StringComparison.Ordinal))
            {
                child.Kill();
                break;
            }
        }

        await child.WaitForExitAsync();
        Assert.False(File.Exists(_host.PathOf(directory, "summary.json")), $"The run ended before it was killed. {await errors}");
    }

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
