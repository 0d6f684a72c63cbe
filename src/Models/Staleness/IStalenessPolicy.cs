namespace FedActors.Models.Staleness;

/// <summary>
/// What is made of an update that started from an older version than the one it is added to. Staleness τ is the number of
/// versions the global model moved in between. Implementations are pure, and equal texts of <c>ToString</c> act alike.
/// </summary>
public interface IStalenessPolicy
{
    /// <summary>The name in settings and results, for example <c>polynomial</c>.</summary>
    string Name { get; }

    /// <summary>Says what enters the aggregation in place of an update.</summary>
    /// <param name="arrived">The update as it arrived.</param>
    /// <returns>What to aggregate; null for nothing at all. At τ = 0 it is the update itself, with factor 1.</returns>
    TreatedUpdate? Treat(ArrivedUpdate arrived);
}
