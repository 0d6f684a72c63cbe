using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using FedActors.Host.Tests.Support;
using Xunit;

namespace FedActors.Standin.Conformance;

/// <summary>What every test of the cluster shares: nodes in this process, on ports of their own, with impatient settings.</summary>
public abstract class ClusterConformance : IAsyncLifetime
{
    /// <summary>Longer than anything here takes on a busy machine.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    // Terminating a system does not make it leave, so that it looks like a crash to others.
    private static readonly Config Impatient = ConfigurationFactory.ParseString(
        """
        akka {
          actor.provider = cluster
          stdout-loglevel = OFF
          loglevel = OFF
          log-dead-letters = off
          test.single-expect-default = 60s
          remote.dot-netty.tcp { hostname = "127.0.0.1" }
          coordinated-shutdown { run-by-clr-shutdown-hook = off, run-by-actor-system-terminate = off }
          cluster {
            periodic-tasks-initial-delay = 100ms
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            unreachable-nodes-reaper-interval = 100ms
            seed-node-timeout = 1s
            retry-unsuccessful-join-after = 1s
            failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 3s }
            split-brain-resolver { stable-after = 1s, down-all-when-unstable = off }
            singleton.hand-over-retry-interval = 200ms
            singleton-proxy.singleton-identification-interval = 200ms
          }
        }
        """).WithFallback(ConfigurationFactory.FromResource<ClusterSingletonManager>("Akka.Cluster.Tools.Singleton.reference.conf"));

    private readonly List<ClusterNode> _nodes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.Sys.Terminate())).WaitAsync(Patience);
        _nodes.ForEach(node => node.Dispose());
    }

    /// <summary>Starts a node that is not yet a member, at a port that another can take after its end.</summary>
    protected ClusterNode Start(string settings = "")
    {
        var system = ActorSystem.Create(
            "conformance",
            ConfigurationFactory.ParseString(settings)
                .WithFallback($"akka.remote.dot-netty.tcp.port = {FreePort.Next()}")
                .WithFallback(Impatient));
        var node = new ClusterNode(system);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Starts nodes with roles, which join the first of them, and waits until all know that all are up.</summary>
    protected async Task<ClusterNode[]> FormAsync(params string[] rolesOfEach)
    {
        var nodes = rolesOfEach.Select(roles => Start($"akka.cluster.roles = [{roles}]")).ToArray();
        await JoinAsync(nodes[0], nodes);
        return nodes;
    }

    /// <summary>Lets nodes join one after the other, so that the first is the oldest.</summary>
    protected static async Task JoinAsync(ClusterNode seed, params ClusterNode[] nodes)
    {
        foreach (var node in nodes)
        {
            await node.Cluster.JoinAsync(seed.Address).WaitAsync(Patience);
        }

        await EventuallyAsync(() => Assert.All(nodes, node => Assert.All(nodes, other => Assert.Equal(MemberStatus.Up, node.StatusOf(other)))));
    }

    protected static async Task EventuallyAsync(Action assertion)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Often);
        while (true)
        {
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (!limit.IsCancellationRequested)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }
}
