namespace FedActors.Host.Comparison;

/// <summary>What the user asked to be compared.</summary>
internal sealed record ComparisonRequest
{
    /// <summary>The settings file; null for the defaults.</summary>
    public required string? Experiment { get; init; }

    /// <summary>What to change in it, each as <c>key=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Names with commas in between; null for the usual ones.</summary>
    public string? Policies { get; init; }

    /// <summary>Numbers with commas in between; null for the experiment's own.</summary>
    public string? Seeds { get; init; }

    /// <summary>Rounds with commas in between of which the tables tell; null for the quarters of the way.</summary>
    public string? Stages { get; init; }

    /// <summary>Accuracies in percent with commas in between; null for the usual ones.</summary>
    public string? Goals { get; init; }

    /// <summary>Where the results go; null for the standard place.</summary>
    public string? Directory { get; init; }
}
