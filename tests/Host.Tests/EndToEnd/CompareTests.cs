using System.Text.Json;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.EndToEnd;

public sealed class CompareTests : IDisposable
{
    private const string Place = "runs/small";

    private static readonly string[] Compare = ["compare", Experiment.File, "--policies", "none,exponential", "--seeds", "1,2", "--parallel", "4"];

    private readonly TestHost _host = new();

    public CompareTests()
    {
        Experiment.Write(_host);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Each_policy_runs_under_each_seed_as_run_would_and_ends_in_the_tables()
    {
        var result = await _host.RunAsync(Compare);
        await _host.RunAsync("run", Experiment.File, "--out", "alone", "--set", "staleness.policy=none", "--seed", "2", "--workers", "1");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            ["compare.json", "compare.md", "exponential-seed1", "exponential-seed2", "none-seed1", "none-seed2", "report.html"],
            Directory.EnumerateFileSystemEntries(_host.PathOf(Place)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(Experiment.Model(_host, "alone"), Experiment.Model(_host, $"{Place}/none-seed2"));
        Assert.Equal(4, result.Out.Split('\n').Count(line => line.Contains(" done: ", StringComparison.Ordinal)));
        Assert.Matches(@"(?m)^run 2/4  none, seed 2 +round +\d+/20  accuracy", result.Out);
        Assert.Matches(@"(?m)^run 2/4  none, seed 2 +done: accuracy +\d+\.\d%  class 5 +\d+\.\d%  in ", result.Out);
        Assert.Matches(@"(?m)^exponential +\d+\.\d ± \d+\.\d% ", result.Out);
        Assert.Contains("report.html", result.Out, StringComparison.Ordinal);
        Assert.Contains("</html>", File.ReadAllText(_host.PathOf(Place, "report.html")), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^\| exponential \| \d+\.\d ± \d+\.\d% \|", File.ReadAllText(_host.PathOf(Place, "compare.md")));
    }

    [Fact]
    public async Task The_figures_in_json_are_those_of_the_runs()
    {
        await _host.RunAsync(Compare);

        var root = Json($"{Place}/compare.json");
        var none = root.GetProperty("policies")[0];
        var summaries = new[] { 1, 2 }.Select(seed => Json($"{Place}/none-seed{seed}/summary.json")).ToList();
        Assert.Equal([1, 2], root.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
        Assert.Equal("none", none.GetProperty("policy").GetString());
        Assert.Equal(
            summaries.Average(summary => summary.GetProperty("finalAccuracy").GetDouble()),
            none.GetProperty("accuracy").GetProperty("mean").GetDouble(),
            12);
        Assert.Equal(
            summaries.Average(summary => summary.GetProperty("classAccuracy")[5].GetDouble()),
            none.GetProperty("watchedAccuracy").GetProperty("mean").GetDouble(),
            12);
    }

    [Fact]
    public async Task By_default_the_policies_are_the_references_and_that_of_the_file()
    {
        var result = await _host.RunAsync("compare", Experiment.File, "--set", "rounds=2", "--out", "here");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(
            ["exponential-seed1", "fresh-seed1", "none-seed1"],
            Directory.EnumerateDirectories(_host.PathOf("here")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Finished_runs_are_used_as_they_are_and_those_of_other_settings_moved_aside()
    {
        await _host.RunAsync("run", Experiment.File);
        await _host.RunAsync("run", Experiment.File, "--set", "staleness.policy=none", "--set", "rounds=2");
        var before = File.GetLastWriteTimeUtc(_host.PathOf(Place, "exponential-seed1", "summary.json"));

        var result = await _host.RunAsync("compare", Experiment.File, "--policies", "none,exponential");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains("none-seed1~1", result.Out, StringComparison.Ordinal);
        Assert.Matches("exponential, seed 1 .* finished before", result.Out);
        Assert.DoesNotMatch("none, seed 1 .* finished before", result.Out);
        Assert.Equal(before, File.GetLastWriteTimeUtc(_host.PathOf(Place, "exponential-seed1", "summary.json")));
    }

    [Fact]
    public async Task An_interrupted_comparison_saves_all_that_runs_and_goes_on_to_the_same_bits()
    {
        string[] command =
            ["compare", Experiment.File, "--policies", "none,exponential,fresh", "--set", "rounds=40", "--parallel", "2", "--out"];
        await _host.RunAsync([.. command, "whole"]);
        using var interruption = new CancellationTokenSource();
        var seen = new HashSet<string>();

        // As soon as both that run side by side have been evaluated.
        var interrupted = await _host.RunAsync(
            line =>
            {
                if (line.Contains("  round ", StringComparison.Ordinal) && seen.Add(line[..7]) && seen.Count == 2)
                {
                    interruption.Cancel();
                }
            },
            interruption.Token,
            [.. command, "parts"]);
        var begun = Directory.GetDirectories(_host.PathOf("parts")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        var resumed = await _host.RunAsync([.. command, "parts"]);

        Assert.Equal(ExitCode.Interrupted, interrupted.ExitCode);
        Assert.Matches(@"run 1 of 3 \(none, seed 1\) after round \d+; run 2 of 3 \(exponential, seed 1\) after round \d+", interrupted.Error);
        Assert.Contains("0 of 3 done, 2 saved, 1 not begun. The same command goes on", interrupted.Error, StringComparison.Ordinal);
        Assert.Equal(["exponential-seed1", "none-seed1"], begun);
        Assert.Equal(ExitCode.Done, resumed.ExitCode);
        Assert.Matches("none, seed 1 .* goes on", resumed.Out);
        Assert.Matches("exponential, seed 1 .* goes on", resumed.Out);
        foreach (var run in new[] { "none-seed1", "exponential-seed1", "fresh-seed1" })
        {
            Assert.Equal(Experiment.Model(_host, $"whole/{run}"), Experiment.Model(_host, $"parts/{run}"));
        }
    }

    [Fact]
    public async Task A_failed_run_ends_with_4_is_named_and_lets_the_others_finish()
    {
        var settings = await _host.RunAsync(
            "config", "show", Experiment.File, "--set", "rounds=2", "--set", "staleness.policy=none");
        _host.Write($"{Place}/none-seed1/config.conf", settings.Out);
        // A folder where the results belong.
        Directory.CreateDirectory(_host.PathOf(Place, "none-seed1", "rounds.jsonl"));

        var result = await _host.RunAsync("compare", Experiment.File, "--policies", "fresh,none,hinge", "--set", "rounds=2", "--parallel", "1");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("Run 2 of 3 (none, seed 1) failed", result.Error, StringComparison.Ordinal);
        Assert.Contains("2 of 3 done", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_host.PathOf(Place, "fresh-seed1", "summary.json")));
        Assert.True(File.Exists(_host.PathOf(Place, "hinge-seed1", "summary.json")));
        Assert.False(File.Exists(_host.PathOf(Place, "compare.json")));
    }

    [Fact]
    public async Task A_folder_in_use_is_wrong_usage_and_no_further_run_begins()
    {
        _host.Write($"{Place}/none-seed1/config.conf", "");
        using var held = new FileStream(_host.PathOf(Place, "none-seed1", "run.lock"), FileMode.Create, FileAccess.Write, FileShare.None);

        var result = await _host.RunAsync("compare", Experiment.File, "--policies", "none,exponential", "--set", "rounds=2", "--parallel", "1");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("another process", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.PathOf(Place, "exponential-seed1")));
    }

    private JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(_host.PathOf(path))).RootElement;
}
