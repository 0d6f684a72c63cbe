namespace FedActors.Models.Staleness;

/// <summary>Every update counts as if it were fresh ("unweighted").</summary>
public sealed class None : IStalenessDiscount
{
    /// <inheritdoc/>
    public string Name => "none";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public double Factor(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return 1;
    }
}
