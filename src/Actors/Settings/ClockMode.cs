namespace FedActors.Actors.Settings;

/// <summary>The time in which a federation lives.</summary>
public enum ClockMode
{
    /// <summary>Events are processed in the order of virtual arrival times: reproducible, and as fast as the cores allow.</summary>
    Virtual,

    /// <summary>Events are processed as they happen, and latencies are really waited for.</summary>
    Wall,
}
