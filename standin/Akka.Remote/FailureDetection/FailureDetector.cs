namespace Akka.Remote;

/// <summary>The time in milliseconds, of which only differences mean anything.</summary>
public delegate long Clock();

/// <summary>Judges by heartbeats whether something is alive.</summary>
public abstract class FailureDetector
{
    public static readonly Clock DefaultClock = () => Environment.TickCount64;

    /// <summary>True while it seems to be alive, and before the first heartbeat.</summary>
    public abstract bool IsAvailable { get; }

    /// <summary>True from the first heartbeat on.</summary>
    public abstract bool IsMonitoring { get; }

    public abstract void HeartBeat();
}
