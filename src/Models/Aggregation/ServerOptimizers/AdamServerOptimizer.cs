using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>
/// FedAdam (Reddi et al., 2021): m ← β₁·m + (1 − β₁)·Δ; v ← β₂·v + (1 − β₂)·Δ²;
/// then w + η·m / (√v + τ).
/// </summary>
public sealed class AdamServerOptimizer : IServerOptimizer
{
    private readonly AdaptiveServerOptimizer _adaptive;

    /// <summary>Scales each coordinate's step by how much it usually moves.</summary>
    /// <param name="rate">η, positive. Default 0.01.</param>
    /// <param name="firstDecay">β₁, from 0 to below 1. Default 0.9.</param>
    /// <param name="secondDecay">β₂, from 0 to below 1. Default 0.99.</param>
    /// <param name="adaptivity">τ, positive; the greater, the closer to plain momentum. Default 0.001.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public AdamServerOptimizer(double rate = 0.01, double firstDecay = 0.9, double secondDecay = 0.99, double adaptivity = 1e-3) =>
        _adaptive = new AdaptiveServerOptimizer(rate, firstDecay, secondDecay, adaptivity);

    /// <inheritdoc/>
    public string Name => "adam";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}{_adaptive}";

    /// <inheritdoc/>
    public ServerOptimizerState Initial(int length) => _adaptive.Initial(length);

    /// <inheritdoc/>
    public (ParameterVector Next, ServerOptimizerState State) Step(
        ParameterVector current, ParameterVector aggregate, ServerOptimizerState state) =>
        _adaptive.Step(this, current, aggregate, state, SecondMoment);

    private static double SecondMoment(double moment, double square, double decay) =>
        (decay * moment) + ((1 - decay) * square);
}
