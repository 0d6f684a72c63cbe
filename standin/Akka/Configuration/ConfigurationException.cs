using Akka.Actor;

namespace Akka.Configuration;

/// <summary>Thrown when settings are missing, contradictory or cannot be understood.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message)
        : base(message)
    {
    }

    public ConfigurationException(string message, Exception exception)
        : base(message, exception)
    {
    }

    /// <summary>The error for a component <typeparamref name="T"/> whose settings are absent.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string path = null)
    {
        var reason = string.IsNullOrWhiteSpace(path)
            ? "Configuration is null or empty"
            : $"Configuration does not contain `{path}` node";
        return new ConfigurationException($"Failed to instantiate {typeof(T).Name}: {reason}");
    }
}
