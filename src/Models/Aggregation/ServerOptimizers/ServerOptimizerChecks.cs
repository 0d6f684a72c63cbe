using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>What every server optimiser demands of its settings and its state.</summary>
internal static class ServerOptimizerChecks
{
    public static double PositiveRate(double rate, string argument) => rate > 0 && double.IsFinite(rate)
        ? rate
        : throw new ArgumentOutOfRangeException(argument, rate, "A rate is positive and finite.");

    public static double Decay(double decay, string argument) => decay >= 0 && decay < 1
        ? decay
        : throw new ArgumentOutOfRangeException(argument, decay, "A decay lies in [0, 1).");

    public static void EnsureFits(IServerOptimizer optimizer, ServerOptimizerState state, int moments, ParameterVector current)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(current);
        if (state.Moments.Length != moments || state.Moments.Any(moment => moment.Length != current.Length))
        {
            throw new ArgumentException(
                $"The state is not one of the server optimiser '{optimizer.Name}' for {current.Length} parameters.",
                nameof(state));
        }
    }
}
