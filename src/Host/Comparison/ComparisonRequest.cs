namespace FedActors.Host.Comparison;

/// <summary>What the user asked to be compared.</summary>
/// <param name="Experiment">The settings file.</param>
/// <param name="Overrides">What to change in it, each as <c>key=value</c>.</param>
/// <param name="Policies">Names with commas in between; null for the usual ones.</param>
/// <param name="Seeds">Numbers with commas in between; null for the experiment's own.</param>
/// <param name="Directory">Where the results go; null for the standard place.</param>
internal sealed record ComparisonRequest(
    string Experiment, IReadOnlyList<string> Overrides, string? Policies, string? Seeds, string? Directory);
