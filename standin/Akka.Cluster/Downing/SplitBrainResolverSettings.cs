using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Cluster.SBR;

/// <summary>The section <c>akka.cluster.split-brain-resolver</c>.</summary>
public sealed class SplitBrainResolverSettings
{
    public const string KeepMajorityName = "keep-majority";
    public const string StaticQuorumName = "static-quorum";
    public const string KeepOldestName = "keep-oldest";
    public const string DownAllName = "down-all";

    public static readonly ImmutableHashSet<string> AllStrategyNames = [KeepMajorityName, StaticQuorumName, KeepOldestName, DownAllName];

    private const string Section = "akka.cluster.split-brain-resolver";

    private readonly Config _config;

    /// <exception cref="ConfigurationException">The section is missing or makes no sense.</exception>
    public SplitBrainResolverSettings(Config config)
    {
        _config = config.GetConfig(Section);
        if (_config.IsNullOrEmpty())
        {
            throw ConfigurationException.NullOrEmptyConfig<SplitBrainResolverSettings>(Section);
        }

        DowningStableAfter = _config.GetTimeSpan("stable-after");
        if (DowningStableAfter <= TimeSpan.Zero)
        {
            throw new ConfigurationException("'split-brain-resolver.stable-after' must be > 0s");
        }

        DowningStrategy = _config.GetString("active-strategy")?.ToLowerInvariant();
        if (!AllStrategyNames.Contains(DowningStrategy ?? ""))
        {
            throw new ConfigurationException(
                $"Unknown downing strategy 'split-brain-resolver.active-strategy'=[{DowningStrategy}]. "
                + $"Select one of [{string.Join(", ", AllStrategyNames.Order())}]");
        }

        DownAllWhenUnstable = ReadDownAllWhenUnstable();
    }

    /// <summary>How long nothing may have changed when a decision is taken.</summary>
    public TimeSpan DowningStableAfter { get; }

    public string DowningStrategy { get; }

    /// <summary>After how much longer all nodes are given up if it never gets stable; zero for never.</summary>
    public TimeSpan DownAllWhenUnstable { get; }

    /// <summary>Null for members of any role.</summary>
    public string KeepMajorityRole => Role(KeepMajorityName);

    /// <exception cref="ConfigurationException">There is no quorum size.</exception>
    public StaticQuorumSettings StaticQuorumSettings
    {
        get
        {
            const string Key = StaticQuorumName + ".quorum-size";
            return int.TryParse(_config.GetString(Key), out var size) && size > 0
                ? new StaticQuorumSettings(size, Role(StaticQuorumName))
                : throw new ConfigurationException($"'split-brain-resolver.{Key}' must be >= 1 for strategy {StaticQuorumName}");
        }
    }

    public KeepOldestSettings KeepOldestSettings => new(_config.GetBoolean($"{KeepOldestName}.down-if-alone", true), Role(KeepOldestName));

    private string Role(string strategy)
    {
        var role = _config.GetString($"{strategy}.role");
        return string.IsNullOrEmpty(role) ? null : role;
    }

    private TimeSpan ReadDownAllWhenUnstable()
    {
        const string Key = "down-all-when-unstable";
        switch (_config.GetString(Key)?.ToLowerInvariant())
        {
            case "on":
                var derived = DowningStableAfter * 3 / 4;
                return derived > TimeSpan.FromSeconds(4) ? derived : TimeSpan.FromSeconds(4);
            case "off":
                return TimeSpan.Zero;
            default:
                var given = _config.GetTimeSpan(Key);
                return given > TimeSpan.Zero
                    ? given
                    : throw new ConfigurationException($"'split-brain-resolver.{Key}' must be > 0s, or 'off' to disable");
        }
    }
}

/// <summary>The section <c>static-quorum</c>.</summary>
public sealed class StaticQuorumSettings
{
    public StaticQuorumSettings(int size, string role)
    {
        Size = size;
        Role = role;
    }

    public int Size { get; }

    public string Role { get; }
}

/// <summary>The section <c>keep-oldest</c>.</summary>
public sealed class KeepOldestSettings
{
    public KeepOldestSettings(bool downIfAlone, string role)
    {
        DownIfAlone = downIfAlone;
        Role = role;
    }

    public bool DownIfAlone { get; }

    public string Role { get; }
}
