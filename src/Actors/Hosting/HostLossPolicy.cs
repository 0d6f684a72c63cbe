namespace FedActors.Actors.Hosting;

/// <summary>What becomes of the assignments of a host that is lost.</summary>
public enum HostLossPolicy
{
    /// <summary>They wait until the host is back. In virtual time the run then ends with the same bits.</summary>
    Await,

    /// <summary>They are lost, and others are given work in their place.</summary>
    Reassign,
}
