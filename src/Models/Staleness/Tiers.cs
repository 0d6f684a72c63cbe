namespace FedActors.Models.Staleness;

/// <summary>
/// Clients are grouped by latency. Each tier has a model of its own, the mean of its clients' models; the global model is
/// the mean of the tiers' models, in which a tier that updates less often weighs more (FedAT, Chai et al., 2021). How it
/// is computed stands in <see cref="Aggregation.Tiers.TierModels"/>.
/// </summary>
public sealed class Tiers : IStalenessPolicy
{
    /// <summary>Groups clients.</summary>
    /// <param name="count">The most tiers there can be, at least 1. Default 3.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public Tiers(int count = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
    }

    /// <summary>The most tiers there can be.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public string Name => "tiers";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({Count})";

    /// <inheritdoc/>
    public TreatedUpdate? Treat(ArrivedUpdate arrived)
    {
        ArgumentNullException.ThrowIfNull(arrived);
        return new TreatedUpdate(arrived.Update);
    }
}
