namespace Akka.Cluster.Tools.Singleton;

/// <summary>What a singleton manager is doing.</summary>
public enum ClusterSingletonState
{
    /// <summary>Waits for its node to come up.</summary>
    Start,

    /// <summary>Not used: there are no leases here.</summary>
    AcquiringLease,

    /// <summary>Its node is the oldest; runs the singleton.</summary>
    Oldest,

    /// <summary>There are older nodes.</summary>
    Younger,

    /// <summary>Its node is the oldest, but the one before may still run the singleton.</summary>
    BecomingOldest,

    /// <summary>Its node is not the oldest any more, or is exiting, but still runs the singleton.</summary>
    WasOldest,

    /// <summary>Waits for the singleton to stop, to hand over.</summary>
    HandingOver,

    /// <summary>Not used.</summary>
    TakeOver,

    /// <summary>Waits for the singleton to stop, and stops itself.</summary>
    Stopping,

    /// <summary>Has handed over; waits until its node is removed.</summary>
    End,
}
