using FedActors.Host.Commands;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Commands;

/// <summary>The demo with a small network and few rounds.</summary>
public sealed class DemoCommandTests : IDisposable
{
    private static readonly string[] Small =
    [
        "network=mlp",
        "rounds=4",
        "evaluation.every=2",
        "data.clients=20",
        "data.samples-per-client=20",
        "devices.slow.latency=1 rounds",
        "staleness.gradient-inversion.images=2",
        "staleness.gradient-inversion.cold.iterations=2",
        "staleness.gradient-inversion.warm.iterations=1",
    ];

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_story_ends_with_a_table_and_the_report()
    {
        var (code, output, _) = await RunAsync(CancellationToken.None);

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches(@"(?m)^  none +adds them as they are", output);
        Assert.Matches(@"(?m)^run 1/\d  none, seed 1 +round 2/4  accuracy", output);
        Assert.Matches(@"(?m)^none +\d+\.\d% ", output);
        Assert.Matches(@"(?m)^gradient-inversion +\d+\.\d% ", output);
        Assert.Contains(Path.Combine("runs", "demo", "report.html"), output, StringComparison.Ordinal);
        Assert.True(File.Exists(_host.PathOf("runs", "demo", "report.html")));
    }

    [Fact]
    public async Task The_demo_starts_afresh_each_time_and_keeps_what_was_there()
    {
        await RunAsync(CancellationToken.None);

        var (code, output, _) = await RunAsync(CancellationToken.None);

        Assert.Equal(ExitCode.Done, code);
        Assert.DoesNotContain("finished before", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_host.PathOf("runs", "demo", "none-seed1~1", "summary.json")));
    }

    [Fact]
    public async Task An_interrupted_demo_says_how_to_go_on()
    {
        using var interruption = new CancellationTokenSource();

        var (code, _, error) = await RunAsync(interruption.Token, line =>
        {
            if (line.Contains("  round ", StringComparison.Ordinal))
            {
                interruption.Cancel();
            }
        }, "rounds=40");
        var command = $"compare {Path.Combine("runs", "demo", "none-seed1", "config.conf")} --policies {DemoCommand.PolicyList}";
        var resumed = await _host.RunAsync(command.Split(' '));

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Contains($"Go on with: {CommandName.Current} {command}", error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ""), (resumed.ExitCode, resumed.Error));
        Assert.Matches("none, seed 1 .* goes on", resumed.Out);
        Assert.False(Directory.Exists(_host.PathOf("runs", "demo", "none-seed1~1")));
    }

    [Fact]
    public async Task A_demo_that_is_interrupted_at_once_has_nothing_to_go_on_with()
    {
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();

        var (code, _, error) = await RunAsync(interruption.Token);

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.DoesNotContain("Go on with", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.PathOf("runs")));
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(
        CancellationToken interruption, Action<string>? onLine = null, params string[] overrides)
    {
        var output = new LineWriter(onLine);
        var error = new LineWriter(onLine: null);
        var code = await new DemoCommand(new HostEnvironment
        {
            Out = output,
            Error = error,
            Directory = _host.Directory,
            Variable = _host.Variable,
            Interruption = interruption,
        }).RunAsync([.. Small, .. overrides], verbose: false);
        return (code, output.ToString(), error.ToString());
    }
}
