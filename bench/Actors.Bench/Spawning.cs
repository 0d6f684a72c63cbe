using System.Diagnostics;
using Akka.Actor;

namespace FedActors.Bench;

/// <summary>One actor that makes children as fast as it can.</summary>
internal static class Spawning
{
    private const int Rounds = 3;

    /// <summary>Children per second until all have started; the best of a few rounds, of which the first warms up.</summary>
    public static async Task<double> MeasureAsync(ActorSystem system, int children)
    {
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var parent = system.ActorOf(Props.Create(() => new Nursery()));
            var start = Stopwatch.GetTimestamp();
            await parent.Ask<Nursery.AllStarted>(new Nursery.Populate(children), Timeout.InfiniteTimeSpan);
            best = Math.Max(best, children / Stopwatch.GetElapsedTime(start).TotalSeconds);
            await parent.GracefulStop(TimeSpan.FromMinutes(1));
        }

        return best;
    }
}
