namespace FedActors.Models.Staleness;

/// <summary>Nothing of an update that is staler than a limit; it enters neither the sum nor what divides it.</summary>
public sealed class Drop : IStalenessPolicy
{
    private readonly long _limit;

    /// <summary>Drops what is too stale.</summary>
    /// <param name="limit">The staleness in versions that is still taken, at least 0. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public Drop(long limit = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        _limit = limit;
    }

    /// <inheritdoc/>
    public string Name => "drop";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_limit})";

    /// <inheritdoc/>
    public TreatedUpdate? Treat(ArrivedUpdate arrived)
    {
        ArgumentNullException.ThrowIfNull(arrived);
        return arrived.Staleness > _limit ? null : new TreatedUpdate(arrived.Update);
    }
}
