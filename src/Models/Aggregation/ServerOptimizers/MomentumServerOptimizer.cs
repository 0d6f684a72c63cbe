using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>Server momentum, FedAvgM (Hsu, Qi and Brown, 2019): v ← β·v + Δ, then w + η·v.</summary>
public sealed class MomentumServerOptimizer : IServerOptimizer
{
    private readonly double _rate;
    private readonly double _momentum;

    /// <summary>Keeps moving in the direction of earlier aggregates.</summary>
    /// <param name="rate">η, positive. Default 1.</param>
    /// <param name="momentum">β, from 0 to below 1. Default 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public MomentumServerOptimizer(double rate = 1, double momentum = 0.9)
    {
        _rate = ServerOptimizerChecks.PositiveRate(rate, nameof(rate));
        _momentum = ServerOptimizerChecks.Decay(momentum, nameof(momentum));
    }

    /// <inheritdoc/>
    public string Name => "momentum";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_rate:R}, {_momentum:R})";

    /// <inheritdoc/>
    public ServerOptimizerState Initial(int length) => new(0, [ParameterVector.Zeros(length)]);

    /// <inheritdoc/>
    public (ParameterVector Next, ServerOptimizerState State) Step(
        ParameterVector current, ParameterVector aggregate, ServerOptimizerState state)
    {
        ServerOptimizerChecks.EnsureFits(this, state, moments: 1, current);
        var velocity = aggregate.AddScaled(state.Moments[0], _momentum);
        return (current.AddScaled(velocity, _rate), new ServerOptimizerState(state.Steps + 1, [velocity]));
    }
}
