using System.Collections.Concurrent;

namespace Akka.Remote;

/// <summary>A registry that any thread may ask.</summary>
public class DefaultFailureDetectorRegistry<T> : IFailureDetectorRegistry<T>
{
    private readonly ConcurrentDictionary<T, Lazy<FailureDetector>> _detectors = new();
    private readonly Func<FailureDetector> _factory;

    public DefaultFailureDetectorRegistry(Func<FailureDetector> factory) => _factory = factory;

    public bool IsAvailable(T resource) => GetFailureDetector(resource)?.IsAvailable ?? true;

    public bool IsMonitoring(T resource) => GetFailureDetector(resource)?.IsMonitoring ?? false;

    public void Heartbeat(T resource) => _detectors.GetOrAdd(resource, r => new Lazy<FailureDetector>(() => Create(r))).Value.HeartBeat();

    public void Remove(T resource) => _detectors.TryRemove(resource, out _);

    public void Reset() => _detectors.Clear();

    internal FailureDetector GetFailureDetector(T resource) => _detectors.TryGetValue(resource, out var detector) ? detector.Value : null;

    private FailureDetector Create(T resource)
    {
        var detector = _factory();
        if (detector is PhiAccrualFailureDetector phi)
        {
            phi.Address = resource.ToString();
        }

        return detector;
    }
}
