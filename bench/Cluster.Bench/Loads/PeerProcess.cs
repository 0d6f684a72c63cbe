using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using FedActors.Actors.Transfer;
using FedActors.Models.Parameters;

namespace FedActors.ClusterBench.Loads;

/// <summary>Two processes in a cluster: one has a vector, the other pulls it.</summary>
internal static class PeerProcess
{
    public const string Verb = "peer";

    private const string VectorName = "bench";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The process with the vector.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var parameters = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        using var system = BenchSystem.Start($"akka.cluster.seed-nodes = [\"{arguments[1]}\"]");
        var transfer = BenchSystem.StartTransfer(system, "transfer");
        transfer.Tell(new TransferProtocol.Offer(VectorName, Vector(parameters), Once: false));
        await system.WhenTerminated;
    }

    /// <summary>The process that pulls.</summary>
    public static async Task PullAsync(int parameters, int repetitions)
    {
        using var system = BenchSystem.Start("");
        var cluster = Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        var watcher = system.ActorOf(Props.Create(() => new ReachabilityCounter()));
        using var peer = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "FedActors.Cluster.Bench.dll"), Verb, $"{parameters}", $"{cluster.SelfAddress}"]))!;
        try
        {
            var address = await FindPeerAsync(cluster);
            var owner = await system.ActorSelection(new RootActorPath(address) / "user" / "transfer").ResolveOne(Patience);
            var reference = new VectorReference(VectorName, Vector(parameters).Hash, parameters);
            for (var pull = 0; pull < repetitions; pull++)
            {
                // A transfer actor of its own each time, so that nothing is cached.
                var transfer = BenchSystem.StartTransfer(system, $"transfer-{pull}");
                var started = Stopwatch.GetTimestamp();
                await transfer.Ask<TransferProtocol.Pulled>(new TransferProtocol.Pull(reference, owner, Keep: false), Patience);
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                Console.WriteLine($"{reference.Size / 1e6:0.0} MB in {1000 * seconds:0} ms: {reference.Size / 1e6 / seconds:0} MB/s (goal: at least 200)");
                system.Stop(transfer);
            }

            Console.WriteLine($"members that became unreachable: {await watcher.Ask<int>("count", Patience)}");
        }
        finally
        {
            peer.Kill();
            await system.Terminate();
        }
    }

    private static async Task<Address> FindPeerAsync(Cluster cluster)
    {
        while (true)
        {
            var other = cluster.State.Members.FirstOrDefault(
                member => member.Status == MemberStatus.Up && !member.Address.Equals(cluster.SelfAddress));
            if (other is not null)
            {
                return other.Address;
            }

            await Task.Delay(50);
        }
    }

    private static ParameterVector Vector(int length) => ParameterVector.Create(length, values =>
    {
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = index;
        }
    });

    private sealed class ReachabilityCounter : ReceiveActor
    {
        private int _count;

        public ReachabilityCounter()
        {
            Cluster.Get(Context.System).Subscribe(Self, typeof(ClusterEvent.UnreachableMember));
            Receive<ClusterEvent.UnreachableMember>(_ => _count++);
            Receive<ClusterEvent.CurrentClusterState>(_ => { });
            Receive<string>(_ => Sender.Tell(_count));
        }
    }
}
