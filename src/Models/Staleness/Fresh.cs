namespace FedActors.Models.Staleness;

/// <summary>
/// The reference: what each client would have sent without delay. Marks a simulation that lets every update arrive at
/// once, so there is no staleness left to discount.
/// </summary>
public sealed class Fresh : IStalenessDiscount
{
    /// <inheritdoc/>
    public string Name => "fresh";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public double Factor(long staleness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(staleness);
        return 1;
    }
}
