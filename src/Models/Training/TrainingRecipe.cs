namespace FedActors.Models.Training;

/// <summary>How a client trains on its data.</summary>
/// <param name="Epochs">How often it goes through its samples, at least 1.</param>
/// <param name="BatchSize">Samples in a step, at least 1; null for all at once, which makes an epoch one step.</param>
/// <param name="LearningRate">The step size of stochastic gradient descent, positive.</param>
/// <param name="Momentum">The factor by which earlier steps carry on, from 0 to below 1. Default 0.</param>
/// <param name="Proximal">
/// μ of FedProx (Li et al., 2020), not negative: adds μ/2·|w − w₀|² to the loss, which holds a client near the model it
/// was given. Default 0.
/// </param>
public sealed record TrainingRecipe(int Epochs, int? BatchSize, double LearningRate, double Momentum = 0, double Proximal = 0)
{
    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize ?? 1, 1, nameof(BatchSize));
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The learning rate is positive and finite.");
        }

        if (!(Momentum >= 0 && Momentum < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Momentum), Momentum, "The momentum lies in [0, 1).");
        }

        if (!(Proximal >= 0) || !double.IsFinite(Proximal))
        {
            throw new ArgumentOutOfRangeException(nameof(Proximal), Proximal, "The proximal term is not negative.");
        }
    }
}
