using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>
/// What FedAdam and FedYogi share (Reddi et al., 2021, algorithm 2): m ← β₁·m + (1 − β₁)·Δ, a second moment v that
/// starts at τ², then w + η·m / (√v + τ), without bias correction.
/// </summary>
internal sealed class AdaptiveServerOptimizer(double rate, double firstDecay, double secondDecay, double adaptivity)
{
    /// <summary>The second moment after a square of the aggregate was seen.</summary>
    public delegate double SecondMoment(double moment, double square, double decay);

    private readonly double _rate = ServerOptimizerChecks.PositiveRate(rate, nameof(rate));
    private readonly double _firstDecay = ServerOptimizerChecks.Decay(firstDecay, nameof(firstDecay));
    private readonly double _secondDecay = ServerOptimizerChecks.Decay(secondDecay, nameof(secondDecay));
    private readonly double _adaptivity = ServerOptimizerChecks.PositiveRate(adaptivity, nameof(adaptivity));

    public override string ToString() => $"({_rate:R}, {_firstDecay:R}, {_secondDecay:R}, {_adaptivity:R})";

    public ServerOptimizerState Initial(int length)
    {
        var start = (float)(_adaptivity * _adaptivity);
        return new ServerOptimizerState(0, [ParameterVector.Zeros(length), ParameterVector.Create(length, values => values.Fill(start))]);
    }

    public (ParameterVector Next, ServerOptimizerState State) Step(
        IServerOptimizer owner, ParameterVector current, ParameterVector aggregate, ServerOptimizerState state, SecondMoment secondMoment)
    {
        ServerOptimizerChecks.EnsureFits(owner, state, moments: 2, current);
        var first = aggregate.Scale(1 - _firstDecay).AddScaled(state.Moments[0], _firstDecay);
        var second = ParameterVector.Create(current.Length, values =>
        {
            for (var index = 0; index < values.Length; index++)
            {
                var change = (double)aggregate.Span[index];
                values[index] = (float)secondMoment(state.Moments[1].Span[index], change * change, _secondDecay);
            }
        });
        var next = ParameterVector.Create(current.Length, values =>
        {
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = (float)(current.Span[index] + (_rate * first.Span[index] / (Math.Sqrt(second.Span[index]) + _adaptivity)));
            }
        });
        return (next, new ServerOptimizerState(state.Steps + 1, [first, second]));
    }
}
