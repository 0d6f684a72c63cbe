using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Tcp;

/// <summary>The section <c>akka.remote.dot-netty.tcp</c>, and what of <c>akka.remote</c> concerns connections.</summary>
internal sealed class TcpSettings
{
    private const int LeastFrameSize = 32_000;

    public TcpSettings(ActorSystem system, Config config)
    {
        Hostname = NonEmpty(config, "hostname") ?? IPAddress.Any.ToString();
        Port = config.GetInt("port");
        PublicHostname = NonEmpty(config, "public-hostname") ?? Hostname;
        PublicPort = config.GetInt("public-port") is > 0 and var port ? port : null;
        UseIPv6 = config.GetBoolean("dns-use-ipv6");
        MaximumFrameSize = (int)Math.Min(int.MaxValue / 2, config.GetByteSize("maximum-frame-size") ?? 128_000);
        if (MaximumFrameSize < LeastFrameSize)
        {
            throw new ArgumentException(
                $"akka.remote.dot-netty.tcp.maximum-frame-size is {MaximumFrameSize}, but must be at least {LeastFrameSize} bytes");
        }

        SendBufferSize = (int)(config.GetByteSize("send-buffer-size") ?? 0);
        ReceiveBufferSize = (int)(config.GetByteSize("receive-buffer-size") ?? 0);
        Backlog = config.GetInt("backlog");
        NoDelay = config.GetBoolean("tcp-nodelay");
        KeepAlive = config.GetBoolean("tcp-keepalive");
        ReuseAddress = config.GetString("tcp-reuse-addr") switch
        {
            "on" => true,
            "off-for-windows" => !OperatingSystem.IsWindows(),
            _ => false,
        };
        ConnectionTimeout = config.GetTimeSpan("connection-timeout");

        var remote = system.Settings.Config.GetConfig("akka.remote");
        HandshakeTimeout = remote.GetTimeSpan("handshake-timeout");
        HeartbeatInterval = remote.GetTimeSpan("transport-failure-detector.heartbeat-interval");
        SilenceLimit = HeartbeatInterval + remote.GetTimeSpan("transport-failure-detector.acceptable-heartbeat-pause");
        LogFrameSizeExceeding = remote.GetString("log-frame-size-exceeding", "off") is "off" or "false" or "no"
            ? int.MaxValue
            : (int)(remote.GetByteSize("log-frame-size-exceeding") ?? int.MaxValue);
        if (config.GetBoolean("enable-ssl"))
        {
            var setup = system.Settings.Setup.Get<DotNettySslSetup>();
            Tls = TlsSettings.Read(config.GetConfig("ssl"), setup.HasValue ? setup.Value : null);
        }
    }

    public string Hostname { get; }

    public int Port { get; }

    public string PublicHostname { get; }

    public int? PublicPort { get; }

    public bool UseIPv6 { get; }

    public int MaximumFrameSize { get; }

    public int LogFrameSizeExceeding { get; }

    public int SendBufferSize { get; }

    public int ReceiveBufferSize { get; }

    public int Backlog { get; }

    public bool NoDelay { get; }

    public bool KeepAlive { get; }

    public bool ReuseAddress { get; }

    public TimeSpan ConnectionTimeout { get; }

    public TimeSpan HandshakeTimeout { get; }

    public TimeSpan HeartbeatInterval { get; }

    /// <summary>A connection on which nothing came for so long is dead.</summary>
    public TimeSpan SilenceLimit { get; }

    /// <summary>Null for no encryption.</summary>
    public TlsSettings Tls { get; }

    /// <summary>Part of every address: systems that encrypt and systems that do not are strangers.</summary>
    public string Protocol => Tls is null ? "akka.tcp" : "akka.ssl.tcp";

    private static string NonEmpty(Config config, string key) => config.GetString(key, "") is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
