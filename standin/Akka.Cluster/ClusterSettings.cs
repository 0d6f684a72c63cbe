using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>The section <c>akka.cluster</c>.</summary>
public sealed class ClusterSettings
{
    private static readonly string[] Off = ["off", "false", "no"];

    /// <exception cref="ConfigurationException">The section is missing or makes no sense.</exception>
    public ClusterSettings(Config config, string systemName)
    {
        var cluster = config.GetConfig("akka.cluster");
        if (cluster?.GetConfig("failure-detector") is not { } failureDetector)
        {
            throw new ConfigurationException(
                $"Failed to instantiate {nameof(ClusterSettings)}: configuration of [{systemName}] does not contain `akka.cluster`. "
                + "Is `akka.actor.provider = cluster` set?");
        }

        LogInfoVerbose = cluster.GetBoolean("log-info-verbose");
        LogInfo = LogInfoVerbose || cluster.GetBoolean("log-info");
        FailureDetectorConfig = failureDetector;
        FailureDetectorImplementationClass = failureDetector.GetString("implementation-class");
        HeartbeatInterval = failureDetector.GetTimeSpan("heartbeat-interval");
        HeartbeatExpectedResponseAfter = failureDetector.GetTimeSpan("expected-response-after");
        MonitoredByNrOfMembers = failureDetector.GetInt("monitored-by-nr-of-members");

        SeedNodes = [.. cluster.GetStringList("seed-nodes", []).Select(Address.Parse)];
        SeedNodeTimeout = cluster.GetTimeSpan("seed-node-timeout");
        RetryUnsuccessfulJoinAfter = DurationOrOff(cluster, "retry-unsuccessful-join-after");
        ShutdownAfterUnsuccessfulJoinSeedNodes = DurationOrOff(cluster, "shutdown-after-unsuccessful-join-seed-nodes");
        PeriodicTasksInitialDelay = cluster.GetTimeSpan("periodic-tasks-initial-delay");
        GossipInterval = cluster.GetTimeSpan("gossip-interval");
        GossipTimeToLive = cluster.GetTimeSpan("gossip-time-to-live");
        LeaderActionsInterval = cluster.GetTimeSpan("leader-actions-interval");
        UnreachableNodesReaperInterval = cluster.GetTimeSpan("unreachable-nodes-reaper-interval");
        PublishStatsInterval = DurationOrOff(cluster, "publish-stats-interval");
        DownRemovalMargin = DurationOrOff(cluster, "down-removal-margin") ?? TimeSpan.Zero;

        Roles = [.. cluster.GetStringList("roles", [])];
        AppVersion = AppVersion.Create(cluster.GetString("app-version"));
        MinNrOfMembers = cluster.GetInt("min-nr-of-members");
        MinNrOfMembersOfRole = cluster.GetConfig("role").AsEnumerable()
            .Where(role => role.Value.GetChildObject("min-nr-of-members") is not null)
            .ToImmutableDictionary(role => role.Key, role => role.Value.GetChildObject("min-nr-of-members").GetInt());

        var dispatcher = cluster.GetString("use-dispatcher");
        UseDispatcher = string.IsNullOrEmpty(dispatcher) ? Dispatchers.InternalDispatcherId : dispatcher;
        GossipDifferentViewProbability = cluster.GetDouble("gossip-different-view-probability");
        ReduceGossipDifferentViewProbability = cluster.GetInt("reduce-gossip-different-view-probability");
        SchedulerTickDuration = cluster.GetTimeSpan("scheduler.tick-duration");
        SchedulerTicksPerWheel = cluster.GetInt("scheduler.ticks-per-wheel");
        VerboseHeartbeatLogging = cluster.GetBoolean("debug.verbose-heartbeat-logging");
        VerboseGossipReceivedLogging = cluster.GetBoolean("debug.verbose-receive-gossip-logging");
        DowningProviderType = ReadDowningProvider(cluster.GetString("downing-provider-class"));
        RunCoordinatedShutdownWhenDown = cluster.GetBoolean("run-coordinated-shutdown-when-down");
        WeaklyUpAfter = ReadWeaklyUpAfter(cluster);
        UseLegacyHeartbeatMessage = cluster.GetBoolean("use-legacy-heartbeat-message");
    }

    public bool LogInfo { get; }

    public bool LogInfoVerbose { get; }

    public Config FailureDetectorConfig { get; }

    public string FailureDetectorImplementationClass { get; }

    public TimeSpan HeartbeatInterval { get; }

    public TimeSpan HeartbeatExpectedResponseAfter { get; }

    public int MonitoredByNrOfMembers { get; }

    public ImmutableList<Address> SeedNodes { get; }

    public TimeSpan SeedNodeTimeout { get; }

    /// <summary>Null if a request to join is not repeated.</summary>
    public TimeSpan? RetryUnsuccessfulJoinAfter { get; }

    /// <summary>Null if a node asks seed nodes for ever.</summary>
    public TimeSpan? ShutdownAfterUnsuccessfulJoinSeedNodes { get; }

    public TimeSpan PeriodicTasksInitialDelay { get; }

    public TimeSpan GossipInterval { get; }

    public TimeSpan GossipTimeToLive { get; }

    public TimeSpan LeaderActionsInterval { get; }

    public TimeSpan UnreachableNodesReaperInterval { get; }

    public TimeSpan? PublishStatsInterval { get; }

    public ImmutableHashSet<string> Roles { get; }

    public AppVersion AppVersion { get; }

    public int MinNrOfMembers { get; }

    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; }

    public string UseDispatcher { get; }

    public double GossipDifferentViewProbability { get; }

    public int ReduceGossipDifferentViewProbability { get; }

    public TimeSpan SchedulerTickDuration { get; }

    public int SchedulerTicksPerWheel { get; }

    public bool VerboseHeartbeatLogging { get; }

    public bool VerboseGossipReceivedLogging { get; }

    public Type DowningProviderType { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    public bool AllowWeaklyUpMembers => WeaklyUpAfter > TimeSpan.Zero;

    /// <summary>Zero if members do not become weakly up.</summary>
    public TimeSpan WeaklyUpAfter { get; }

    public bool UseLegacyHeartbeatMessage { get; }

    internal TimeSpan DownRemovalMargin { get; }

    internal static bool IsOff(string text) => Off.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static TimeSpan? DurationOrOff(Config config, string path) => IsOff(config.GetString(path)) ? null : config.GetTimeSpan(path);

    private static Type ReadDowningProvider(string className)
    {
        if (string.IsNullOrEmpty(className))
        {
            return typeof(NoDowning);
        }

        return Type.GetType(className)
            ?? throw new ConfigurationException($"'akka.cluster.downing-provider-class' names no class: '{className}'");
    }

    private static TimeSpan ReadWeaklyUpAfter(Config config)
    {
        const string Key = "allow-weakly-up-members";
        var text = config.GetString(Key, "on");
        if (IsOff(text))
        {
            return TimeSpan.Zero;
        }

        // Before it was a duration it could only be on or off.
        var after = text.Equals("on", StringComparison.OrdinalIgnoreCase) ? TimeSpan.FromSeconds(7) : config.GetTimeSpan(Key);
        return after > TimeSpan.Zero
            ? after
            : throw new ConfigurationException($"'akka.cluster.{Key}' must be off, on or a duration greater than 0 s, but is '{text}'");
    }
}
