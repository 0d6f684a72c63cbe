using System.Collections.Immutable;
using FedActors.Actors.Federation;
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
        return new RunResult(
            $"{policy}-seed{seed}",
            new RunTotals(policy, seed, last.Accuracy, last.ClassAccuracy, seconds / 2, seconds) { EvaluationSeconds = seconds / 4 },
            rounds);
    }

    /// <summary>The same run under a policy that converts, and gives up at a round or never.</summary>
    public static RunResult Converting(RunResult run, int? switchRound) => run with
    {
        Totals = run.Totals with
        {
            Conversions = 20,
            InversionIterations = 300,
            InversionSeconds = 5,
            FailedConversions = 1,
            SwitchRound = switchRound,
            StalenessCounts = StalenessHistogram.Empty.With(0).With(0).With(0).With(40),
        },
        Rounds =
        [
            .. run.Rounds.Select(round => round with
            {
                Updates = 4,
                MeanStaleness = 10,
                ErrorRatio = round.Round > 10 ? round.Round / 25.0 : null,
                InversionWeight = round.Round >= switchRound ? 0 : 1,
            }),
        ],
    };

    /// <summary>What came out of them.</summary>
    public static ComparisonReport Report(string watchClass, params RunResult[] results) =>
        Report(watchClass, ComparisonFocus.Usual, results);

    /// <summary>What came out of them where something certain is looked at.</summary>
    public static ComparisonReport Report(string watchClass, ComparisonFocus focus, params RunResult[] results)
    {
        var settings = new SettingsReader(".", _ => null).Read(null, ["rounds=40", $"evaluation.watch-class={watchClass}"]);
        return ComparisonReport.Create(settings.Federation, settings.Resolved, focus, results);
    }
}
