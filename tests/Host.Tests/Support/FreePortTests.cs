using System.Net;
using System.Net.Sockets;

namespace FedActors.Host.Tests.Support;

public sealed class FreePortTests
{
    // Linux chooses from 32768 on, others from 49152 on.
    private const int FirstOfTheSystem = 32_768;

    [Fact]
    public void Every_caller_gets_another_port_that_no_system_chooses()
    {
        var ports = Enumerable.Range(0, 50).Select(_ => FreePort.Next()).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 1024, FirstOfTheSystem - 1));
    }

    [Fact]
    public void A_port_can_be_listened_on_again_and_again()
    {
        var port = FreePort.Next();

        for (var i = 0; i < 3; i++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
    }

    [Fact]
    public void Other_processes_see_that_a_port_is_taken()
    {
        var port = FreePort.Next();

        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        Assert.Throws<SocketException>(() => other.Bind(new IPEndPoint(IPAddress.Loopback, port)));
    }
}
