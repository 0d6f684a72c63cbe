namespace Akka.Remote;

/// <summary>The failure detectors of many things, each made with its first heartbeat.</summary>
public interface IFailureDetectorRegistry<in T>
{
    bool IsAvailable(T resource);

    bool IsMonitoring(T resource);

    void Heartbeat(T resource);

    void Remove(T resource);

    void Reset();
}
