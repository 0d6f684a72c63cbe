using Akka.Configuration;

namespace Akka.TestKit.Configs;

/// <summary>Ready-made settings for tests.</summary>
public static class TestConfigs
{
    /// <summary>What a TestKit always adds.</summary>
    public static Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>The same with <see cref="TestScheduler"/> as the clock.</summary>
    public static Config TestSchedulerConfig =>
        ConfigurationFactory.FromResource<TestKitBase>("Akka.TestKit.Configs.TestScheduler.conf").WithFallback(DefaultConfig);
}
