using Akka.Actor;

namespace FedActors.Bench;

/// <summary>What actors cost that do nothing.</summary>
internal static class IdleMemory
{
    /// <summary>Managed bytes per child that has started and waits, its share of the parent's books included.</summary>
    public static async Task<double> MeasureAsync(ActorSystem system, int children)
    {
        var parent = system.ActorOf(Props.Create(() => new Nursery()));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await parent.Ask<Nursery.AllStarted>(new Nursery.Populate(children), Timeout.InfiniteTimeSpan);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        await parent.GracefulStop(TimeSpan.FromMinutes(1));
        return (after - before) / (double)children;
    }
}
