using System.Text.Json;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.EndToEnd;

public sealed class RunTests : IDisposable
{
    private readonly TestHost _host = new();

    public RunTests()
    {
        Experiment.Write(_host);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_run_writes_settings_rounds_summary_and_model()
    {
        var result = await _host.RunAsync("run", Experiment.File);

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        var place = Path.Combine("runs", "small", "exponential-seed1");
        Assert.Equal(
            ["config.conf", "model.safetensors", "rounds.jsonl", "summary.json"],
            Directory.EnumerateFileSystemEntries(_host.PathOf(place)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        var rounds = File.ReadAllLines(_host.PathOf(place, "rounds.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Experiment.EvaluatedRounds, rounds.Select(round => round.GetProperty("round").GetInt32()));
        var summary = JsonDocument.Parse(File.ReadAllText(_host.PathOf(place, "summary.json"))).RootElement;
        Assert.Equal(rounds[^1].GetProperty("accuracy").GetDouble(), summary.GetProperty("finalAccuracy").GetDouble());
        Assert.Matches(@"^\d+\.\d+\.\d+", summary.GetProperty("packages").GetProperty("akka").GetString());
        Assert.Contains($"round {Experiment.Rounds}/{Experiment.Rounds}", result.Out, StringComparison.Ordinal);
        Assert.Contains(place, result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_that_a_run_wrote_give_the_same_bits_on_any_number_of_workers()
    {
        await _host.RunAsync("run", Experiment.File, "--out", "one", "--workers", "1", "--set", "seed=7");
        await _host.RunAsync("run", Path.Combine("one", "config.conf"), "--out", "two", "--workers", "2");

        Assert.Equal(Experiment.Model(_host, "one"), Experiment.Model(_host, "two"));
    }

    [Fact]
    public async Task A_repeated_command_keeps_the_earlier_results()
    {
        await _host.RunAsync("run", Experiment.File, "--out", "here", "--set", "rounds=2");

        var again = await _host.RunAsync("run", Experiment.File, "--out", "here", "--set", "rounds=2");

        Assert.Equal(ExitCode.Done, again.ExitCode);
        Assert.Contains("here~1", again.Out, StringComparison.Ordinal);
        Assert.Equal(Experiment.Model(_host, "here"), Experiment.Model(_host, "here~1"));
    }

    [Fact]
    public async Task An_interrupted_run_ends_with_130_and_resumes_to_the_same_bits()
    {
        await _host.RunAsync("run", Experiment.File, "--set", "rounds=40", "--out", "whole");
        using var interruption = new CancellationTokenSource();

        var interrupted = await _host.RunAsync(
            line => CancelAtRound(line, interruption), interruption.Token, "run", Experiment.File, "--set", "rounds=40", "--out", "parts");
        var resumed = await _host.RunAsync("resume", "parts", "--workers", "1");

        Assert.Equal(ExitCode.Interrupted, interrupted.ExitCode);
        Assert.Contains("resume parts", interrupted.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(Experiment.Model(_host, "whole"), Experiment.Model(_host, "parts"));
    }

    [Fact]
    public async Task Settings_that_the_actor_system_refuses_are_wrong_usage()
    {
        var result = await _host.RunAsync("run", Experiment.File, "--set", "akka.loglevel=loud");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("akka", result.Error, StringComparison.Ordinal);
        Assert.Contains("loud", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_run_takes_latencies_from_a_trace_and_can_be_repeated()
    {
        _host.Write("traces/two.csv", "samples-per-second,download-bytes-per-second,upload-bytes-per-second\n1000,1e9,1e9\n10,1e6,1e6\n");
        await _host.RunAsync("run", Experiment.File, "--out", "plain");

        var result = await _host.RunAsync("run", Experiment.File, "--out", "one", "--set", "devices.trace=traces/two.csv");
        await _host.RunAsync("run", Path.Combine("one", "config.conf"), "--out", "two", "--workers", "1");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal(Experiment.Model(_host, "one"), Experiment.Model(_host, "two"));
        Assert.NotEqual(Experiment.Model(_host, "plain"), Experiment.Model(_host, "one"));
    }

    [Fact]
    public async Task A_run_whose_data_drifts_says_so_and_can_be_repeated()
    {
        string[] drift = ["--set", "data.drift.set=inverted", "--set", "data.drift.rate=2"];
        await _host.RunAsync("run", Experiment.File, "--out", "plain");

        var result = await _host.RunAsync(["run", Experiment.File, "--out", "one", .. drift]);
        await _host.RunAsync("run", Path.Combine("one", "config.conf"), "--out", "two", "--workers", "1");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains("on glyphs drifting to inverted", result.Out, StringComparison.Ordinal);
        Assert.Equal(Experiment.Model(_host, "one"), Experiment.Model(_host, "two"));
        Assert.NotEqual(Experiment.Model(_host, "plain"), Experiment.Model(_host, "one"));
    }

    [Fact]
    public async Task Data_can_drift_to_another_set_from_files()
    {
        Directory.CreateDirectory(_host.PathOf("data", "mnist"));
        foreach (var (name, content) in TinyMnist.Files)
        {
            File.WriteAllBytes(_host.PathOf("data", "mnist", name), content);
        }

        var result = await _host.RunAsync("run", Experiment.File, "--set", "data.drift.set=mnist", "--set", "rounds=4");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_mistake_in_a_trace_is_wrong_usage()
    {
        _host.Write("bad.csv", "samples-per-second,download-bytes-per-second,upload-bytes-per-second\n1,1,none\n");

        var result = await _host.RunAsync("run", Experiment.File, "--set", "devices.trace=bad.csv");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("bad.csv, line 2, column upload-bytes-per-second is 'none'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_run_has_nothing_to_resume()
    {
        await _host.RunAsync("run", Experiment.File, "--out", "here", "--set", "rounds=1");

        var result = await _host.RunAsync("resume", "here");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("finished already", result.Out, StringComparison.Ordinal);
    }

    private static void CancelAtRound(string line, CancellationTokenSource interruption)
    {
        if (line.StartsWith("round ", StringComparison.Ordinal))
        {
            interruption.Cancel();
        }
    }
}
