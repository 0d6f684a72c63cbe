using FedActors.Actors.Settings;
using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Aggregator;

/// <summary>The global model, its version, and the accepted updates that wait for the next aggregation.</summary>
public sealed class GlobalModel
{
    private readonly IStalenessPolicy _policy;
    private readonly DiscountTarget _discount;
    private readonly AggregationSettings _aggregation;
    private readonly List<WeightedUpdate> _buffer = [];

    /// <summary>Version 0 of the model.</summary>
    public GlobalModel(ParameterVector initial, StalenessSettings staleness, AggregationSettings aggregation)
    {
        Parameters = initial;
        _policy = staleness.Policy;
        _discount = staleness.Discount;
        _aggregation = aggregation;
        Optimizer = aggregation.ServerOptimizer.Initial(initial.Length);
    }

    /// <summary>Number of aggregations.</summary>
    public long Version { get; private set; }

    /// <summary>Parameters of that version.</summary>
    public ParameterVector Parameters { get; private set; }

    /// <summary>State of the server optimiser.</summary>
    public ServerOptimizerState Optimizer { get; private set; }

    /// <summary>Restores a version.</summary>
    public void Restore(long version, ParameterVector parameters, ServerOptimizerState optimizer)
    {
        Version = version;
        Parameters = parameters;
        Optimizer = optimizer;
        _buffer.Clear();
    }

    /// <summary>Takes an accepted update into the buffer, discounted by its staleness.</summary>
    /// <returns>The staleness τ: versions by which the model moved since the update's base version.</returns>
    public long Take(Assignment assignment, AssignmentOutcome.Delivered delivered)
    {
        var staleness = Version - assignment.BaseVersion;
        _buffer.Add(new WeightedUpdate(delivered.Update, delivered.Samples, _policy.Factor(staleness)));
        return staleness;
    }

    /// <summary>Aggregates the buffer, in the order of arrival, into the next version. An empty buffer changes nothing.</summary>
    /// <returns>Whether there is a new version.</returns>
    public bool Aggregate()
    {
        if (_buffer.Count == 0)
        {
            return false;
        }

        var combined = _aggregation.Rule.Combine(_buffer, _discount);
        (Parameters, Optimizer) = _aggregation.ServerOptimizer.Step(Parameters, combined, Optimizer);
        Version++;
        _buffer.Clear();
        return true;
    }
}
