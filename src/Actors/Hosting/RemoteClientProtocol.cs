using Akka.Actor;
using FedActors.Actors.Devices;

namespace FedActors.Actors.Hosting;

/// <summary>The conversation between the downlink and its children. It never leaves the process.</summary>
internal static class RemoteClientProtocol
{
    /// <summary>Downlink to remote client: the client on the other host joins.</summary>
    public sealed record Joins(ClientProtocol.Join Join, IActorRef Client, IActorRef Aggregator) : INoSerializationVerificationNeeded;

    /// <summary>Downlink to remote client: the host of your client is lost.</summary>
    public sealed record HostLost : INoSerializationVerificationNeeded
    {
        public static readonly HostLost Instance = new();
    }

    /// <summary>Downlink to remote client: an update can be pulled.</summary>
    public sealed record Ready(LinkProtocol.ReportReady Report, IActorRef Owner) : INoSerializationVerificationNeeded;

    /// <summary>Remote client to downlink: I want to pull an update of so many bytes.</summary>
    public sealed record AskRoom(long Size) : INoSerializationVerificationNeeded;

    /// <summary>Downlink to remote client: there is room for your update.</summary>
    public sealed record RoomGiven : INoSerializationVerificationNeeded
    {
        public static readonly RoomGiven Instance = new();
    }

    /// <summary>Remote client to downlink: my update is answered.</summary>
    public sealed record ReturnRoom : INoSerializationVerificationNeeded
    {
        public static readonly ReturnRoom Instance = new();
    }
}
