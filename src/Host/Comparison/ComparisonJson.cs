using System.Text.Json;
using System.Text.Json.Serialization;

namespace FedActors.Host.Comparison;

/// <summary>Writes a comparison as JSON, every figure in full.</summary>
internal static class ComparisonJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    public static string Write(ComparisonReport report)
    {
        var settings = report.Settings;
        return JsonSerializer.Serialize(
            new
            {
                settings.Name,
                settings.Network,
                Dataset = settings.Data.Set,
                settings.Rounds,
                settings.Evaluation.WatchClass,
                report.Seeds,
                Policies = report.Policies.Select(policy => new
                {
                    policy.Policy,
                    policy.Accuracy,
                    policy.WatchedAccuracy,
                    policy.Course,
                    policy.Goals,
                    TrainSeconds = policy.Seconds.Training,
                    InversionSeconds = policy.Seconds.Inversion,
                    EvaluationSeconds = policy.Seconds.Evaluation,
                    WallSeconds = policy.Seconds.Wall,
                    policy.MeanStaleness,
                    policy.StalenessCounts,
                    policy.Conversion,
                    Runs = policy.Runs.Select(run => run.Totals),
                }),
            },
            Format) + "\n";
    }
}
