using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary>Makes failure detectors by the name of their class.</summary>
public static class FailureDetectorLoader
{
    /// <exception cref="ConfigurationException">There is no such class.</exception>
    public static FailureDetector Load(string fqcn, Config config, ActorSystem system)
    {
        var type = Type.GetType(fqcn) ?? throw new ConfigurationException($"Could not create custom FailureDetector {fqcn}");
        return (FailureDetector)Activator.CreateInstance(type, config, system.EventStream);
    }

    /// <inheritdoc cref="Load"/>
    public static FailureDetector LoadFailureDetector(this IActorContext context, string fqcn, Config config) =>
        Load(fqcn, config, context.System);
}
