using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>Adds the aggregate as it is: w + η·Δ.</summary>
public sealed class NoServerOptimizer : IServerOptimizer
{
    private readonly double _rate;

    /// <summary>Adds aggregates times a rate.</summary>
    /// <param name="rate">η, positive. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not positive and finite.</exception>
    public NoServerOptimizer(double rate = 1) => _rate = ServerOptimizerChecks.PositiveRate(rate, nameof(rate));

    /// <inheritdoc/>
    public string Name => "none";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_rate:R})";

    /// <inheritdoc/>
    public ServerOptimizerState Initial(int length) => new(0, []);

    /// <inheritdoc/>
    public (ParameterVector Next, ServerOptimizerState State) Step(
        ParameterVector current, ParameterVector aggregate, ServerOptimizerState state)
    {
        ServerOptimizerChecks.EnsureFits(this, state, moments: 0, current);
        return (current.AddScaled(aggregate, _rate), state with { Steps = state.Steps + 1 });
    }
}
