using System.Collections.Immutable;
using FedActors.Actors.Settings;
using FedActors.Models.Aggregation;
using FedActors.Models.Aggregation.Tiers;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Aggregator;

/// <summary>
/// The global model, its version, and the accepted updates that wait for the next aggregation, in the order of arrival.
/// An update that the corrector works on holds its place until the corrector answers.
/// </summary>
public sealed class GlobalModel
{
    private readonly StalenessSettings _staleness;
    private readonly AggregationSettings _aggregation;
    private readonly ImmutableArray<int> _tierOfClient;
    private readonly List<BufferedUpdate> _buffer = [];

    /// <summary>Version 0 of the model.</summary>
    /// <param name="initial">Its parameters.</param>
    /// <param name="staleness">What is made of stale updates.</param>
    /// <param name="aggregation">How updates become a new version.</param>
    /// <param name="tierOfClient">The tier of each client; needed by policy <c>tiers</c> alone.</param>
    public GlobalModel(
        ParameterVector initial,
        StalenessSettings staleness,
        AggregationSettings aggregation,
        ImmutableArray<int> tierOfClient = default)
    {
        Parameters = initial;
        _staleness = staleness;
        _aggregation = aggregation;
        _tierOfClient = tierOfClient;
        Optimizer = aggregation.ServerOptimizer.Initial(initial.Length);
        Tiers = staleness.Policy is Tiers ? TierModels.None(tierOfClient.Max() + 1) : null;
    }

    /// <summary>Number of aggregations.</summary>
    public long Version { get; private set; }

    /// <summary>Parameters of that version.</summary>
    public ParameterVector Parameters { get; private set; }

    /// <summary>State of the server optimiser.</summary>
    public ServerOptimizerState Optimizer { get; private set; }

    /// <summary>The models of the tiers; null under other policies than <c>tiers</c>.</summary>
    public TierModels? Tiers { get; private set; }

    /// <summary>Updates that the next aggregation can take.</summary>
    public int Ready => _buffer.Count(update => !update.IsPending);

    /// <summary>Updates that the corrector works on.</summary>
    public int Pending => _buffer.Count - Ready;

    /// <summary>Restores a version.</summary>
    public void Restore(long version, ParameterVector parameters, ServerOptimizerState optimizer, TierModels? tiers = null)
    {
        Version = version;
        Parameters = parameters;
        Optimizer = optimizer;
        Tiers = tiers ?? Tiers;
        _buffer.Clear();
    }

    /// <summary>The staleness τ of an assignment's update: versions by which the model moved since its base version.</summary>
    public long StalenessOf(Assignment assignment) => Version - assignment.BaseVersion;

    /// <summary>Takes an accepted update into the buffer as the staleness policy treats it.</summary>
    /// <param name="assignment">Its assignment.</param>
    /// <param name="delivered">The update.</param>
    /// <param name="start">The parameters it started from.</param>
    /// <returns>Whether it will be aggregated; a policy may drop it.</returns>
    public bool Take(Assignment assignment, AssignmentOutcome.Delivered delivered, ParameterVector start)
    {
        var arrived = new ArrivedUpdate(delivered.Update, StalenessOf(assignment), start, Parameters);
        if (_staleness.Policy.Treat(arrived) is not { } treated)
        {
            return false;
        }

        _buffer.Add(new BufferedUpdate(assignment, delivered.Samples, start) { Treated = treated });
        return true;
    }

    /// <summary>Keeps the place of an update that goes to the corrector first.</summary>
    public void Reserve(Assignment assignment, int samples, ParameterVector start) =>
        _buffer.Add(new BufferedUpdate(assignment, samples, start));

    /// <summary>Puts what the corrector made of an update into its place; nothing gives the place up.</summary>
    /// <returns>Whose place it was, or null where none is kept for that assignment.</returns>
    public Assignment? Fill(long assignment, TreatedUpdate? treated)
    {
        var index = _buffer.FindIndex(update => update.Assignment.Id == assignment && update.IsPending);
        if (index < 0)
        {
            return null;
        }

        var filled = _buffer[index];
        filled.Treated = treated;
        if (treated is null)
        {
            _buffer.RemoveAt(index);
        }

        return filled.Assignment;
    }

    /// <summary>
    /// Aggregates what is ready, in the order of arrival, into the next version. Where nothing is, nothing changes.
    /// </summary>
    /// <returns>Whether there is a new version.</returns>
    public bool Aggregate()
    {
        var ready = _buffer.Where(update => !update.IsPending).ToList();
        if (ready.Count == 0)
        {
            return false;
        }

        var combined = Tiers is null ? Combine(ready, Contribution) : CombineTiers(ready);
        (Parameters, Optimizer) = _aggregation.ServerOptimizer.Step(Parameters, combined, Optimizer);
        Version++;
        _buffer.RemoveAll(update => !update.IsPending);
        return true;
    }

    private ParameterVector Combine(IEnumerable<BufferedUpdate> updates, Func<BufferedUpdate, ParameterVector> contribution) =>
        _aggregation.Rule.Combine(
            [.. updates.Select(update => new WeightedUpdate(contribution(update), update.Samples, update.Treated!.Factor))],
            _staleness.Discount);

    private ParameterVector Contribution(BufferedUpdate update)
    {
        var delta = update.Treated!.Update;

        // With nothing in between, the way to the client's model is its update; the detour would only round.
        return _aggregation.Contribution == ContributionKind.Models && StalenessOf(update.Assignment) > 0
            ? update.Start.Add(delta).Subtract(Parameters)
            : delta;
    }

    /// <summary>Renews the models of the tiers that reported, and returns the way to the mean of all tiers' models.</summary>
    private ParameterVector CombineTiers(List<BufferedUpdate> ready)
    {
        foreach (var tier in ready.GroupBy(update => _tierOfClient[update.Assignment.Client]))
        {
            Tiers = Tiers!.With(tier.Key, Combine(tier, update => update.Start.Add(update.Treated!.Update)));
        }

        return Tiers!.Average().Subtract(Parameters);
    }

    private sealed class BufferedUpdate(Assignment assignment, int samples, ParameterVector start)
    {
        public Assignment Assignment { get; } = assignment;

        public int Samples { get; } = samples;

        public ParameterVector Start { get; } = start;

        public TreatedUpdate? Treated { get; set; }

        public bool IsPending => Treated is null;
    }
}
