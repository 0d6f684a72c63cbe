using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary>The section <c>akka.remote</c>.</summary>
public class RemoteSettings
{
    public static readonly string AkkaScheme = "akka";

    public RemoteSettings(Config config)
    {
        if (config.IsNullOrEmpty())
        {
            throw ConfigurationException.NullOrEmptyConfig<RemoteSettings>();
        }

        Config = config;
        var remote = config.GetConfig("akka.remote");
        LogReceive = remote.GetBoolean("log-received-messages");
        LogSend = remote.GetBoolean("log-sent-messages");
        LogBufferSizeExceeding = remote.GetString("log-buffer-size-exceeding").ToLowerInvariant() is "off" or "false" or "no"
            ? int.MaxValue
            : remote.GetInt("log-buffer-size-exceeding");
        UntrustedMode = remote.GetBoolean("untrusted-mode");
        TrustedSelectionPaths = [.. remote.GetStringList("trusted-selection-paths")];
        RemoteLifecycleEventsLogLevel = remote.GetString("log-remote-lifecycle-events") switch
        {
            var on when on.ToLowerInvariant() is "on" or "yes" or "true" => "DEBUG",
            var level => level,
        };
        Dispatcher = remote.GetString("use-dispatcher");
        FlushWait = remote.GetTimeSpan("flush-wait-on-shutdown");
        ShutdownTimeout = remote.GetTimeSpan("shutdown-timeout");
        TransportNames = remote.GetStringList("enabled-transports");
        Transports = [.. TransportNames.Select(name => new TransportSettings(config.GetConfig(name)))];
        BackoffPeriod = remote.GetTimeSpan("backoff-interval");
        RetryGateClosedFor = remote.GetTimeSpan("retry-gate-closed-for");
        UsePassiveConnections = remote.GetBoolean("use-passive-connections");
        SysMsgBufferSize = remote.GetInt("system-message-buffer-size");
        SysResendTimeout = remote.GetTimeSpan("resend-interval");
        SysResendLimit = remote.GetInt("resend-limit");
        InitialSysMsgDeliveryTimeout = remote.GetTimeSpan("initial-system-message-delivery-timeout");
        QuarantineSilentSystemTimeout = remote.GetTimeSpan("quarantine-after-silence");
        SysMsgAckTimeout = remote.GetTimeSpan("system-message-ack-piggyback-timeout");
        QuarantineDuration = remote.GetTimeSpan("prune-quarantine-marker-after");
        StartupTimeout = remote.GetTimeSpan("startup-timeout");
        CommandAckTimeout = remote.GetTimeSpan("command-ack-timeout");
        WatchFailureDetectorConfig = remote.GetConfig("watch-failure-detector");
        WatchFailureDetectorImplementationClass = WatchFailureDetectorConfig.GetString("implementation-class");
        WatchHeartBeatInterval = WatchFailureDetectorConfig.GetTimeSpan("heartbeat-interval");
        WatchUnreachableReaperInterval = WatchFailureDetectorConfig.GetTimeSpan("unreachable-nodes-reaper-interval");
        WatchHeartbeatExpectedResponseAfter = WatchFailureDetectorConfig.GetTimeSpan("expected-response-after");
    }

    public Config Config { get; }

    public HashSet<string> TrustedSelectionPaths { get; set; }

    public bool UntrustedMode { get; set; }

    public bool LogSend { get; set; }

    public bool LogReceive { get; set; }

    public int LogBufferSizeExceeding { get; set; }

    public string RemoteLifecycleEventsLogLevel { get; set; }

    public string Dispatcher { get; set; }

    public TimeSpan ShutdownTimeout { get; set; }

    public TimeSpan FlushWait { get; set; }

    public IList<string> TransportNames { get; set; }

    public TransportSettings[] Transports { get; set; }

    public TimeSpan BackoffPeriod { get; set; }

    public TimeSpan RetryGateClosedFor { get; set; }

    public bool UsePassiveConnections { get; set; }

    public int SysMsgBufferSize { get; set; }

    public int SysResendLimit { get; set; }

    public TimeSpan SysResendTimeout { get; set; }

    public TimeSpan InitialSysMsgDeliveryTimeout { get; set; }

    public TimeSpan QuarantineSilentSystemTimeout { get; set; }

    public TimeSpan SysMsgAckTimeout { get; set; }

    public TimeSpan? QuarantineDuration { get; set; }

    public TimeSpan StartupTimeout { get; set; }

    public TimeSpan CommandAckTimeout { get; set; }

    public Config WatchFailureDetectorConfig { get; set; }

    public string WatchFailureDetectorImplementationClass { get; set; }

    public TimeSpan WatchHeartBeatInterval { get; set; }

    public TimeSpan WatchUnreachableReaperInterval { get; set; }

    public TimeSpan WatchHeartbeatExpectedResponseAfter { get; set; }

    public Props ConfigureDispatcher(Props props) => string.IsNullOrEmpty(Dispatcher) ? props : props.WithDispatcher(Dispatcher);

    /// <summary>The section of one transport.</summary>
    public class TransportSettings
    {
        public TransportSettings(Config config)
        {
            if (config.IsNullOrEmpty())
            {
                throw ConfigurationException.NullOrEmptyConfig<TransportSettings>();
            }

            TransportClass = config.GetString("transport-class");
            Config = config;
        }

        public Config Config { get; set; }

        public string TransportClass { get; set; }
    }
}
