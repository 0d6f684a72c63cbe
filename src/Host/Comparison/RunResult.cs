using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FedActors.Actors.Federation;
using FedActors.Host.Errors;

namespace FedActors.Host.Comparison;

/// <summary>What a comparison needs of a finished run's <c>summary.json</c>.</summary>
internal sealed record RunTotals(
    string Policy, ulong Seed, double FinalAccuracy, ImmutableArray<double> ClassAccuracy, double TrainSeconds, double WallSeconds)
{
    public double InversionSeconds { get; init; }

    public double EvaluationSeconds { get; init; }

    public long Conversions { get; init; }

    public long InversionIterations { get; init; }

    public long FailedConversions { get; init; }

    public int? SwitchRound { get; init; }

    public StalenessHistogram StalenessCounts { get; init; } = StalenessHistogram.Empty;
}

/// <summary>What a comparison needs of a line of <c>rounds.jsonl</c>.</summary>
internal sealed record EvaluatedRound(int Round, double Accuracy, ImmutableArray<double> ClassAccuracy)
{
    public long Updates { get; init; }

    public double MeanStaleness { get; init; }

    public double? ErrorRatio { get; init; }

    public double? InversionWeight { get; init; }
}

/// <summary>The results of a finished run, as its files have them.</summary>
/// <param name="Folder">The name of the run's folder.</param>
/// <param name="Totals">The whole run.</param>
/// <param name="Rounds">The evaluated rounds, in order.</param>
internal sealed record RunResult(string Folder, RunTotals Totals, ImmutableArray<EvaluatedRound> Rounds)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Mean staleness of all updates aggregated, in versions.</summary>
    public double MeanStaleness =>
        Rounds.Sum(round => round.Updates * round.MeanStaleness) / Math.Max(1, Rounds.Sum(round => round.Updates));

    /// <summary>Reads the results in a run's folder.</summary>
    /// <exception cref="RunFailedException">They are not what a run writes.</exception>
    public static RunResult Read(string directory)
    {
        try
        {
            return new RunResult(
                Path.GetFileName(directory),
                Parse<RunTotals>(File.ReadAllText(Path.Combine(directory, "summary.json"))),
                [.. File.ReadLines(Path.Combine(directory, "rounds.jsonl")).Select(Parse<EvaluatedRound>)]);
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            throw new RunFailedException(
                $"The results in {directory} can't be read: {exception.Message}\nMove the folder away to have the run done again.",
                exception);
        }
    }

    private static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Format) ?? throw new JsonException("It says null.");
}
