namespace FedActors.Host.Tests.Support;

/// <summary>Clusters that are quicker to act, and to despair, than real hosts should be.</summary>
internal static class Haste
{
    public const string Settings = """
        akka.cluster {
          periodic-tasks-initial-delay = 200ms
          gossip-interval = 200ms
          leader-actions-interval = 200ms
          unreachable-nodes-reaper-interval = 200ms
          failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 2s }
          split-brain-resolver.stable-after = 1s
          singleton.hand-over-retry-interval = 300ms
          singleton-proxy.singleton-identification-interval = 300ms
        }

        """;
}
