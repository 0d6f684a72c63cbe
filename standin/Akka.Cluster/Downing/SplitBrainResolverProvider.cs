using Akka.Actor;

namespace Akka.Cluster.SBR;

/// <summary>Gives up one side of a partition, so that only the other goes on.</summary>
public class SplitBrainResolverProvider : IDowningProvider
{
    private readonly SplitBrainResolverSettings _settings;
    private readonly Cluster _cluster;

    public SplitBrainResolverProvider(ActorSystem system, Cluster cluster)
    {
        _settings = new SplitBrainResolverSettings(system.Settings.Config);
        _cluster = cluster;
    }

    /// <summary>Unless set, as long as the other side of a partition may need to decide as well.</summary>
    public TimeSpan DownRemovalMargin =>
        _cluster.Settings.DownRemovalMargin == TimeSpan.Zero ? _settings.DowningStableAfter : _cluster.Settings.DownRemovalMargin;

    public Props DowningActorProps
    {
        get
        {
            DowningStrategy strategy = _settings.DowningStrategy switch
            {
                SplitBrainResolverSettings.KeepMajorityName => new KeepMajority(_settings.KeepMajorityRole),
                SplitBrainResolverSettings.KeepOldestName => new KeepOldest(_settings.KeepOldestSettings),
                SplitBrainResolverSettings.StaticQuorumName => new StaticQuorum(_settings.StaticQuorumSettings),
                _ => new DownAllNodes(),
            };
            return Props.Create(() => new SplitBrainResolver(_cluster, _settings, strategy));
        }
    }
}
