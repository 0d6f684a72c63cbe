using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>The section <c>akka.cluster.singleton</c>.</summary>
public sealed class ClusterSingletonManagerSettings : INoSerializationVerificationNeeded
{
    private const string Section = "akka.cluster.singleton";

    private readonly bool _considerAppVersion;

    /// <exception cref="ArgumentException">The name is empty, or a duration is not positive.</exception>
    public ClusterSingletonManagerSettings(
        string singletonName, string role, TimeSpan removalMargin, TimeSpan handOverRetryInterval, bool considerAppVersion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(singletonName);
        if (removalMargin < TimeSpan.Zero)
        {
            throw new ArgumentException("ClusterSingletonManagerSettings.RemovalMargin must not be negative", nameof(removalMargin));
        }

        if (handOverRetryInterval <= TimeSpan.Zero)
        {
            throw new ArgumentException("ClusterSingletonManagerSettings.HandOverRetryInterval must be positive", nameof(handOverRetryInterval));
        }

        SingletonName = singletonName;
        Role = string.IsNullOrEmpty(role) ? null : role;
        RemovalMargin = removalMargin;
        HandOverRetryInterval = handOverRetryInterval;
        _considerAppVersion = considerAppVersion;
    }

    /// <summary>The name of the singleton, below its manager.</summary>
    public string SingletonName { get; }

    /// <summary>Null for members of any role.</summary>
    public string Role { get; }

    /// <summary>How long after its node was removed a singleton is started elsewhere; zero for what the downing provider says.</summary>
    public TimeSpan RemovalMargin { get; }

    public TimeSpan HandOverRetryInterval { get; }

    [Obsolete("ConsiderAppVersion is not used anymore and will be removed in future versions.")]
    public bool ConsiderAppVersion => _considerAppVersion;

    /// <summary>From the settings of a system, with the removal margin of its downing provider.</summary>
    public static ClusterSingletonManagerSettings Create(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(ClusterSingletonManager.DefaultConfig());
        return Create(system.Settings.Config.GetConfig(Section)).WithRemovalMargin(Cluster.Get(system).DowningProvider.DownRemovalMargin);
    }

    public static ClusterSingletonManagerSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
        {
            throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonManagerSettings>(Section);
        }

        return new ClusterSingletonManagerSettings(
            config.GetString("singleton-name"),
            config.GetString("role"),
            TimeSpan.Zero,
            config.GetTimeSpan("hand-over-retry-interval"),
            config.GetBoolean("consider-app-version"));
    }

    public ClusterSingletonManagerSettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, RemovalMargin, HandOverRetryInterval, considerAppVersion: false);

    public ClusterSingletonManagerSettings WithRole(string role) =>
        new(SingletonName, role, RemovalMargin, HandOverRetryInterval, considerAppVersion: false);

    public ClusterSingletonManagerSettings WithRemovalMargin(TimeSpan removalMargin) =>
        new(SingletonName, Role, removalMargin, HandOverRetryInterval, considerAppVersion: false);

    public ClusterSingletonManagerSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        new(SingletonName, Role, RemovalMargin, handOverRetryInterval, considerAppVersion: false);
}
