using System.Diagnostics;
using Akka.Actor;

namespace FedActors.Bench;

/// <summary>Pairs of actors that send messages back and forth, a thousand at a time in flight between each two.</summary>
internal static class PingPong
{
    private const int InFlight = 1_000;
    private const int Rounds = 5;

    /// <summary>Messages handled per second by all pairs together; the best of a few rounds, of which the first warm up.</summary>
    public static async Task<double> MeasureAsync(ActorSystem system, int pairs, int exchanges)
    {
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            best = Math.Max(best, await MeasureOnceAsync(system, pairs, exchanges));
        }

        return best;
    }

    private static async Task<double> MeasureOnceAsync(ActorSystem system, int pairs, int exchanges)
    {
        var finished = new Task[pairs];
        var pingers = new IActorRef[pairs];
        for (var i = 0; i < pairs; i++)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var ponger = system.ActorOf(Props.Create(() => new Ponger()));
            pingers[i] = system.ActorOf(Props.Create(() => new Pinger(ponger, exchanges, done)));
            finished[i] = done.Task;
        }

        var start = Stopwatch.GetTimestamp();
        foreach (var pinger in pingers)
        {
            pinger.Tell(Start.Instance);
        }

        await Task.WhenAll(finished);
        return 2.0 * pairs * exchanges / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class Start
    {
        public static readonly Start Instance = new();
    }

    private sealed class Ball
    {
        public static readonly Ball Instance = new();
    }

    private sealed class Pinger(IActorRef ponger, int exchanges, TaskCompletionSource done) : UntypedActor
    {
        private int _sent;
        private int _received;

        protected override void OnReceive(object message)
        {
            if (message is Start)
            {
                while (_sent < InFlight)
                {
                    Send();
                }

                return;
            }

            if (++_received == exchanges)
            {
                done.SetResult();
                Context.Stop(ponger);
                Context.Stop(Self);
            }
            else if (_sent < exchanges)
            {
                Send();
            }
        }

        private void Send()
        {
            _sent++;
            ponger.Tell(Ball.Instance, Self);
        }
    }

    private sealed class Ponger : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
