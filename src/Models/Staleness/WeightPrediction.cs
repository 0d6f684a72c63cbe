using FedActors.Models.Parameters;

namespace FedActors.Models.Staleness;

/// <summary>
/// The client is given a prediction of the global model at its return, <c>w_t + τ̂ · v</c> with v the mean of the last
/// server steps; what it sends is then used as it is (weight prediction, as compared by Wang and Gao, 2025).
/// </summary>
public sealed class WeightPrediction : IStalenessPolicy
{
    /// <summary>Predicts from the last server steps.</summary>
    /// <param name="window">How many steps v is the mean of, at least 1. Default 10.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="window"/> is below 1.</exception>
    public WeightPrediction(int window = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        Window = window;
    }

    /// <summary>How many server steps v is the mean of.</summary>
    public int Window { get; }

    /// <inheritdoc/>
    public string Name => "weight-prediction";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({Window})";

    /// <inheritdoc/>
    public TreatedUpdate? Treat(ArrivedUpdate arrived)
    {
        ArgumentNullException.ThrowIfNull(arrived);
        return new TreatedUpdate(arrived.Update);
    }

    /// <summary>Predicts the model some versions ahead.</summary>
    /// <param name="current">w_t.</param>
    /// <param name="earlier">The parameters <paramref name="steps"/> versions ago.</param>
    /// <param name="steps">How many server steps lie in between, at least 1.</param>
    /// <param name="expectedStaleness">τ̂, at least 0.</param>
    public static ParameterVector Predict(ParameterVector current, ParameterVector earlier, long steps, double expectedStaleness)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedStaleness);
        return current.AddScaled(current.Subtract(earlier), expectedStaleness / steps);
    }
}
