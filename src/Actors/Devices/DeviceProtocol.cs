using Akka.Actor;

namespace FedActors.Actors.Devices;

/// <summary>What the device supervisor is told.</summary>
public static class DeviceProtocol
{
    /// <summary>Aggregator to device supervisor: let every client join. Repeated until all have.</summary>
    public sealed record RollCall(IActorRef Aggregator);

    /// <summary>Client to device supervisor: I was restarted and know no aggregator.</summary>
    public sealed record ClientRestarted(int Client);
}
