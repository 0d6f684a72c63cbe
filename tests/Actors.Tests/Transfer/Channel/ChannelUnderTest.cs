using System.Collections.Concurrent;
using System.Net;
using FedActors.Actors.Transfer.Channel;

namespace FedActors.Actors.Tests.Transfer.Channel;

/// <summary>Channels on this machine, at ports of their own.</summary>
internal static class ChannelUnderTest
{
    public static TcpVectorChannel Open(ChannelSecurity? security = null, BlockingCollection<string>? warnings = null, int port = 0) =>
        new(new IPEndPoint(IPAddress.Loopback, port), security, warning => warnings?.Add(warning));
}
