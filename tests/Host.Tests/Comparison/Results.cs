using System.Collections.Immutable;
using FedActors.Host.Comparison;
using FedActors.Host.Settings;

namespace FedActors.Host.Tests.Comparison;

/// <summary>Results of runs that never were.</summary>
internal static class Results
{
    /// <summary>A run over two classes, evaluated every ten rounds; class 1 is half as good as all together.</summary>
    public static RunResult Of(string policy, ulong seed, double seconds, params double[] accuracy)
    {
        var rounds = accuracy
            .Select((value, index) => new EvaluatedRound(10 * (index + 1), value, ImmutableArray.Create(1.5 * value, 0.5 * value)))
            .ToImmutableArray();
        var last = rounds[^1];
        return new RunResult(new RunTotals(policy, seed, last.Accuracy, last.ClassAccuracy, seconds / 2, seconds), rounds);
    }

    /// <summary>What came out of them.</summary>
    public static ComparisonReport Report(string watchClass, params RunResult[] results)
    {
        var settings = new SettingsReader(".", _ => null).Read(null, ["rounds=40", $"evaluation.watch-class={watchClass}"]);
        return ComparisonReport.Create(settings.Federation, results);
    }
}
