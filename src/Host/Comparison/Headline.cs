using FedActors.Host.Terminal;
using FedActors.Models.Staleness;

namespace FedActors.Host.Comparison;

/// <summary>What came out of a comparison, in a sentence or two.</summary>
internal static class Headline
{
    private static readonly string Reference = new Fresh().Name;

    /// <summary>Which policy did best, which worst, and what would have been without delay.</summary>
    public static string Of(ComparisonReport report)
    {
        var watched = report.Settings.Evaluation.WatchClass;
        var what = watched is { } index ? $"on class {index}" : "over all classes";
        var reference = report.Policies.FirstOrDefault(policy => policy.Policy == Reference);
        var ranked = report.Policies.Where(policy => policy != reference).OrderByDescending(Measure).ToList();
        if (ranked.Count == 0)
        {
            return $"Without any delay, the model reaches {Text.Percent(Measure(reference!))} {what}.";
        }

        var best = ranked[0];
        var sentence = $"After {Text.Count(report.Settings.Rounds, "round")}, {best.Policy} reaches {Text.Percent(Measure(best))} {what}"
            + (watched is null ? "" : $" and {Text.Percent(best.Accuracy.Mean)} over all classes")
            + (ranked.Count > 1 ? $"; {ranked[^1].Policy} comes last with {Text.Percent(Measure(ranked[^1]))}." : ".");
        return reference is null
            ? sentence
            : $"{sentence} Without any delay it would be {Text.Percent(Measure(reference))}.";

        double Measure(PolicyFigures policy) => (policy.WatchedAccuracy ?? policy.Accuracy).Mean;
    }
}
