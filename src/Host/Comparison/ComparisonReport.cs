using System.Collections.Immutable;
using FedActors.Actors.Settings;

namespace FedActors.Host.Comparison;

/// <summary>What came out of a comparison.</summary>
/// <param name="Settings">What all runs have in common.</param>
/// <param name="Resolved">The settings of the first run, complete.</param>
/// <param name="Seeds">The seeds under which each policy ran.</param>
/// <param name="Policies">How each policy did.</param>
internal sealed record ComparisonReport(
    FederationSettings Settings, string Resolved, ImmutableArray<ulong> Seeds, ImmutableArray<PolicyFigures> Policies)
{
    /// <summary>Makes the report of the results of every run.</summary>
    public static ComparisonReport Create(
        FederationSettings settings, string resolved, ComparisonFocus focus, IReadOnlyCollection<RunResult> results) => new(
        settings,
        resolved,
        [.. results.Select(result => result.Totals.Seed).Distinct()],
        Statistics.Summarize(results, settings.Evaluation.WatchClass, focus));

    /// <summary>The seeds in words.</summary>
    public string SeedText => Seeds.Length == 1 ? $"seed {Seeds[0]}" : $"seeds {string.Join(", ", Seeds)}";
}
