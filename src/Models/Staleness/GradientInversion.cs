using FedActors.Models.Staleness.Guards;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Models.Staleness;

/// <summary>
/// A stale update is inverted into data, and replaced by what those data do to today's model (Wang and Gao, 2025). The
/// guards say where that is not worth doing; then, and where an inversion fails, the fallback treats the update.
/// </summary>
public sealed record GradientInversion : IStalenessPolicy
{
    /// <summary>How updates are inverted.</summary>
    public InversionRecipe Recipe { get; init; } = new();

    /// <summary>Decides whether an update carries what fresher ones lack; null converts every stale update.</summary>
    public UniquenessGuard? Uniqueness { get; init; } = new();

    /// <summary>Decides when conversion no longer pays; null never goes back to stale updates.</summary>
    public SwitchBackGuard? SwitchBack { get; init; } = new();

    /// <summary>Least staleness in versions at which an update is converted, at least 1.</summary>
    public long MinStaleness { get; init; } = 1;

    /// <summary>How long a conversion may take on the wall clock. In virtual time there is no limit: results may not depend on it.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Treats stale updates that are not converted.</summary>
    public IStalenessPolicy Fallback { get; init; } = new Exponential();

    /// <inheritdoc/>
    public string Name => "gradient-inversion";

    /// <summary>What becomes of an update that is not converted.</summary>
    /// <param name="arrived">The update as it arrived.</param>
    public TreatedUpdate? Treat(ArrivedUpdate arrived) => Fallback.Treat(arrived);
}
