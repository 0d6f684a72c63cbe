using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Akka.Event;
using FedActors.Host.Errors;
using FedActors.Host.Hosts;
using FedActors.Host.Runs;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Runs;

public sealed class EngineTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_certificate_that_is_not_there_is_a_mistake_in_the_settings() => AssertRefused(_host.PathOf("none.pfx"), "");

    [Fact]
    public void A_folder_that_is_not_there_is_a_mistake_in_the_settings() => AssertRefused(_host.PathOf("none", "none.pfx"), "");

    [Fact]
    public void A_wrong_password_of_a_certificate_is_a_mistake_in_the_settings()
    {
        TestCertificates.Create(_host.Directory, ["localhost"], _host.Time.GetUtcNow(), TimeSpan.FromDays(1));

        AssertRefused(_host.PathOf("localhost.pfx"), "wrong");
    }

    [Fact]
    public void A_file_that_is_no_certificate_is_a_mistake_in_the_settings() => AssertRefused(_host.Write("text.pfx", "no certificate"), "");

    [Fact]
    public void Encryption_without_a_certificate_is_a_mistake_in_the_settings()
    {
        var encrypted = ConfigurationFactory.ParseString(
            "akka { actor.provider = remote, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0, enable-ssl = true } }");

        var exception = Assert.Throws<UsageException>(() => Engine.Start(encrypted, log: null));

        Assert.Contains("akka.remote.dot-netty.tcp.ssl.certificate.path", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_actors_log_reaches_the_writer_but_not_what_is_for_debugging()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var log = new LineWriter(line =>
        {
            if (line.Contains("wanted", StringComparison.Ordinal))
            {
                told.SetResult();
            }
        });
        await using var engine = Engine.Start(Config.Empty, log);
        var actor = Logging.GetLogger(engine.System, "actor");
        actor.Debug("for debugging");
        actor.Info("wanted");

        await told.Task.WaitAsync(TestNode.Patience);
        Assert.DoesNotContain("for debugging", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_a_mistake_in_the_settings()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var settings = ConfigurationFactory.ParseString(
            $"akka {{ actor.provider = remote, remote.dot-netty.tcp {{ hostname = 127.0.0.1, port = {port} }} }}");

        var exception = Assert.Throws<UsageException>(() => Engine.Start(settings, log: null));

        Assert.Contains("akka.remote.dot-netty.tcp.port", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_ended_can_be_disposed_of()
    {
        var engine = Engine.Start(Config.Empty, log: null);
        await engine.System.Terminate().WaitAsync(TestNode.Patience);

        await engine.DisposeAsync().AsTask().WaitAsync(TestNode.Patience);
    }

    private static void AssertRefused(string path, string password)
    {
        var settings = ConfigurationFactory.ParseString($$"""
            akka {
              actor.provider = remote
              remote.dot-netty.tcp {
                hostname = 127.0.0.1
                port = 0
                enable-ssl = on
                ssl.certificate { path = "{{path.Replace('\\', '/')}}", password = "{{password}}" }
              }
            }
            """);

        var exception = Assert.Throws<UsageException>(() => Engine.Start(settings, log: null));

        Assert.Contains("akka.remote.dot-netty.tcp.ssl.certificate.path", exception.Message, StringComparison.Ordinal);
        Assert.Contains("akka.remote.dot-netty.tcp.ssl.certificate.password", exception.Message, StringComparison.Ordinal);
    }
}
