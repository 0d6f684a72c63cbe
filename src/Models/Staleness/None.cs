namespace FedActors.Models.Staleness;

/// <summary>Every update counts as if it were fresh ("unweighted").</summary>
public sealed class None : IStalenessPolicy
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public double Factor(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return 1;
    }
}
