using System.Text.Json.Nodes;
using Akka.Actor;
using FedActors.Actors.Federation;

namespace FedActors.Actors.Tests.Support;

/// <summary>Carries out whole federations and reads what they leave.</summary>
internal static class Runs
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task<RunOutcome> Execute(
        ActorSystem system,
        FederationPlan plan,
        RunOptions options,
        Action<RunProgress>? progress = null,
        CancellationToken interruption = default) =>
        FederationRun
            .ExecuteAsync(system, plan, options, progress is null ? null : new Recorder<RunProgress>(progress), interruption)
            .WaitAsync(Limit, CancellationToken.None);

    public static async Task<RunSummary> Complete(
        ActorSystem system, FederationPlan plan, RunOptions options, Action<RunProgress>? progress = null) =>
        Assert.IsType<RunOutcome.Completed>(await Execute(system, plan, options, progress)).Summary;

    /// <summary>Asserts that two folders hold the same model, bit for bit, and the same results but for measured seconds.</summary>
    public static void AssertSame(string expected, string actual)
    {
        Assert.Equal(Model(expected), Model(actual));
        Assert.Equal(Results(expected), Results(actual));
        Assert.Equal(Summary(expected), Summary(actual));
    }

    public static byte[] Model(string directory) => File.ReadAllBytes(Path.Combine(directory, "model.safetensors"));

    /// <summary>The lines of <c>rounds.jsonl</c> without wall-clock time.</summary>
    public static IReadOnlyList<string> Results(string directory) =>
        [.. File.ReadAllLines(Path.Combine(directory, "rounds.jsonl")).Select(line => Without(line, "wallSeconds"))];

    // Restarts count trainers killed from outside too, and a report from before a crash may be refused after it.
    private static string Summary(string directory) => Without(
        File.ReadAllText(Path.Combine(directory, "summary.json")),
        "wallSeconds",
        "trainSeconds",
        "inversionSeconds",
        "evaluationSeconds",
        "deviceRestarts",
        "updatesRejected");

    private static string Without(string json, params string[] names)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        foreach (var name in names)
        {
            node.Remove(name);
        }

        return node.ToJsonString();
    }
}
