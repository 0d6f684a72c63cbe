using FedActors.Models.Training;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>
/// The gradient descent that stands for a client's local training inside an inversion: full-batch steps that can be
/// differentiated through. As <see cref="GradientDescent"/>: v ← m·v + g + μ·(w − w₀), w ← w − η·v.
/// </summary>
/// <param name="Steps">How many steps, at least 1.</param>
/// <param name="LearningRate">η, positive.</param>
/// <param name="Momentum">m, from 0 to below 1. Default 0.</param>
/// <param name="Proximal">μ, not negative. Default 0.</param>
public sealed record UnrolledDescent(int Steps, double LearningRate, double Momentum = 0, double Proximal = 0)
{
    /// <summary>
    /// What stands for a client's recipe: as many steps as the client takes epochs. Where an epoch has b mini-batches, a
    /// step is b times as long, because b small steps on parts move about as far as that along the gradient of the whole.
    /// </summary>
    /// <param name="recipe">The client's recipe.</param>
    /// <param name="samples">How many images the client trains on, at least 1.</param>
    /// <param name="everyBatch">Whether to take each mini-batch step instead: closer, and b times as expensive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1, or the recipe is impossible.</exception>
    public static UnrolledDescent For(TrainingRecipe recipe, int samples, bool everyBatch = false)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        recipe.Validate();
        var batches = recipe.BatchSize is { } size ? (samples + size - 1) / size : 1;
        return everyBatch
            ? new UnrolledDescent(recipe.Epochs * batches, recipe.LearningRate, recipe.Momentum, recipe.Proximal)
            : new UnrolledDescent(recipe.Epochs, recipe.LearningRate * batches, recipe.Momentum, recipe.Proximal);
    }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public void Validate() => new TrainingRecipe(Steps, BatchSize: null, LearningRate, Momentum, Proximal).Validate();
}
