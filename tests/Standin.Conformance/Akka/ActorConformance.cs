using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace FedActors.Standin.Conformance;

/// <summary>What every test of the actor library shares.</summary>
public abstract class ActorConformance : TestKit
{
    /// <summary>How long nothing has to happen before a test believes that nothing will.</summary>
    protected static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>Longer than anything here takes on a busy machine.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Config Calm = ConfigurationFactory.ParseString(
        """
        akka {
          stdout-loglevel = OFF
          loglevel = WARNING
          log-dead-letters = off
          test.single-expect-default = 10s
          test.filter-leeway = 10s
        }
        """);

    protected ActorConformance()
        : base(Calm)
    {
    }

    protected ActorConformance(string settings)
        : base(ConfigurationFactory.ParseString(settings).WithFallback(Calm))
    {
    }
}
