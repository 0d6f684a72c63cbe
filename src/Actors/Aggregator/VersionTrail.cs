using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Aggregator;

/// <summary>
/// The last versions of the model, from which policy <c>weight-prediction</c> takes the course that the model is on. It
/// holds them in the store.
/// </summary>
/// <param name="versions">The store.</param>
/// <param name="window">Server steps to look back; null keeps no trail and predicts nothing.</param>
public sealed class VersionTrail(VersionStore versions, int? window)
{
    private readonly Queue<long> _trail = new();

    /// <summary>Adds the newest version, and lets go of the one that falls out of the window.</summary>
    public void Extend(long version)
    {
        if (window is null)
        {
            return;
        }

        versions.Hold(version);
        _trail.Enqueue(version);
        if (_trail.Count > window + 1)
        {
            versions.Release(_trail.Dequeue());
        }
    }

    /// <summary>Predicts the model at a client's return.</summary>
    /// <param name="model">The model now.</param>
    /// <param name="expectedStaleness">τ̂, versions until then.</param>
    /// <returns>The prediction; null where the model as it is serves as well.</returns>
    public ParameterVector? Predict(GlobalModel model, double expectedStaleness)
    {
        if (_trail.Count < 2 || expectedStaleness <= 0)
        {
            return null;
        }

        var earliest = _trail.Peek();
        return WeightPrediction.Predict(
            model.Parameters, versions.Find(earliest)!, model.Version - earliest, expectedStaleness);
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        while (_trail.TryDequeue(out var version))
        {
            versions.Release(version);
        }
    }

    /// <summary>Restores the trail that ends at a version, as far as a checkpoint has its versions.</summary>
    public void Restore(long version, IReadOnlyDictionary<long, ParameterVector> held)
    {
        for (var earlier = version - (window ?? -1); earlier <= version; earlier++)
        {
            if (!held.TryGetValue(earlier, out var parameters))
            {
                continue;
            }

            if (!versions.IsHeld(earlier))
            {
                versions.Add(earlier, parameters);
            }
            else
            {
                versions.Hold(earlier);
            }

            _trail.Enqueue(earlier);
        }
    }
}
