namespace Akka.Cluster;

/// <summary>Where a member stands between joining and being gone.</summary>
public enum MemberStatus
{
    /// <summary>Known, but not yet let in by the leader.</summary>
    Joining = 0,

    /// <summary>A full member.</summary>
    Up = 1,

    /// <summary>Has said that it wants to go.</summary>
    Leaving = 2,

    /// <summary>May stop as soon as it has handed over what it did.</summary>
    Exiting = 3,

    /// <summary>Given up by the others; will be removed and can't come back.</summary>
    Down = 4,

    /// <summary>Not a member any more.</summary>
    Removed = 5,

    /// <summary>Let in while the leader could not make sure that all others know.</summary>
    WeaklyUp = 6,
}
