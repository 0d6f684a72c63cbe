using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using FedActors.Host.Tests.Support;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class RemoteTlsTests : RemoteConformance
{
    private readonly string _certificate = Path.Combine(Path.GetTempPath(), $"fedactors-{Guid.NewGuid():N}.pfx");

    public RemoteTlsTests() => File.WriteAllBytes(_certificate, Certificate("localhost"));

    private string Secure => $$"""
        akka.remote.dot-netty.tcp {
          enable-ssl = on
          ssl {
            suppress-validation = on
            certificate { path = "{{_certificate.Replace('\\', '/')}}", password = "secret" }
          }
        }
        """;

    [Fact]
    public async Task Nodes_with_certificates_talk_in_secret()
    {
        var here = Node("here", Secure);
        using var cable = new Cable(FreePort.Next());
        var there = Node("there", $"akka.remote.dot-netty.tcp {{ port = {cable.Target}, public-port = {cable.Port} }}\n{Secure}");
        var echo = Seen(here, there.ActorOf(Props.Create(() => new Echo()), "echo"), there);

        Assert.Equal("a very secret message", await echo.Ask<string>("a very secret message", Patience));

        Assert.Equal("akka.ssl.tcp", AddressOf(there).Protocol);
        Assert.NotEmpty(cable.Heard);
        Assert.Equal(-1, cable.Heard.AsSpan().IndexOf("secret message"u8));
    }

    [Fact]
    public async Task Without_certificates_a_message_can_be_read_on_the_way()
    {
        using var cable = new Cable(FreePort.Next());
        var there = Node("there", $"akka.remote.dot-netty.tcp {{ port = {cable.Target}, public-port = {cable.Port} }}");
        var echo = Seen(Sys, there.ActorOf(Props.Create(() => new Echo()), "echo"), there);

        Assert.Equal("a very secret message", await echo.Ask<string>("a very secret message", Patience));

        Assert.NotEqual(-1, cable.Heard.AsSpan().IndexOf("secret message"u8));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        var strict = Secure.Replace("suppress-validation = on", "suppress-validation = off", StringComparison.Ordinal);
        var here = Node("here", strict);
        var there = Node("there", Secure);
        var echo = Seen(here, there.ActorOf(Props.Create(() => new Echo()), "echo"), there);

        await Assert.ThrowsAsync<AskTimeoutException>(() => echo.Ask<string>("hello", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_node_with_a_certificate_does_not_talk_to_one_without()
    {
        var secure = Node("secure", Secure);
        secure.ActorOf(Props.Create(() => new Echo()), "echo");
        var path = $"akka.tcp://secure@127.0.0.1:{AddressOf(secure).Port}/user/echo";

        await Assert.ThrowsAsync<AskTimeoutException>(
            () => Sys.ActorSelection(path).Ask<string>("hello", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_node_with_a_certificate_outlives_a_caller_that_speaks_in_the_clear()
    {
        var here = Node("here", Secure);
        var there = Node("there", Secure);
        var echo = Seen(here, there.ActorOf(Props.Create(() => new Echo()), "echo"), there);

        using (var caller = new TcpClient("127.0.0.1", AddressOf(there).Port!.Value))
        {
            await caller.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        }

        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));
    }

    [Fact]
    public void A_certificate_that_is_not_there_is_an_error()
    {
        var lost = Secure.Replace(".pfx", ".lost", StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => Node("careless", lost));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        File.Delete(_certificate);
    }

    private static byte[] Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var from = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(from.AddDays(-1), from.AddDays(1));
        return certificate.Export(X509ContentType.Pfx, "secret");
    }
}
