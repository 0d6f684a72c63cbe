namespace FedActors.Actors.Aggregator;

/// <summary>Wall-clock time of a run, over interruptions: what was spent before counts, the pause does not.</summary>
/// <param name="time">The clock.</param>
/// <param name="secondsBefore">Seconds that the run took before it was resumed.</param>
/// <param name="federationTimeBefore">Federation time at which it is resumed.</param>
public sealed class RunClock(TimeProvider time, double secondsBefore, TimeSpan federationTimeBefore)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Seconds of the run so far.</summary>
    public double WallSeconds => secondsBefore + time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Federation time of a run on the wall clock.</summary>
    public TimeSpan FederationTime => federationTimeBefore + time.GetElapsedTime(_started);
}
