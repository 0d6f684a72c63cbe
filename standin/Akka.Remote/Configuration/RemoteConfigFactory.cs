using Akka.Configuration;

namespace Akka.Remote.Configuration;

/// <summary>What remoting assumes where the program's own settings are silent.</summary>
internal static class RemoteConfigFactory
{
    public static Config Default() => ConfigurationFactory.FromResource<RemoteSettings>("Akka.Remote.Configuration.Remote.conf");
}
