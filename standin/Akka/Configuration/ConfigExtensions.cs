namespace Akka.Configuration;

/// <summary>Null-tolerant operations on <see cref="Config"/>.</summary>
public static class ConfigExtensions
{
    /// <summary>Like <see cref="Config.WithFallback"/>, but accepts a missing or identical configuration.</summary>
    public static Config SafeWithFallback(this Config config, Config fallback)
    {
        if (config is null)
        {
            return fallback;
        }

        return ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);
    }

    /// <summary>Whether there is nothing in <paramref name="config"/>.</summary>
    public static bool IsNullOrEmpty(this Config config) => config is null || config.IsEmpty;
}
