using static TorchSharp.torch;

namespace FedActors.Models.Training;

/// <summary>Stochastic gradient descent with momentum and a proximal term.</summary>
/// <remarks>
/// As PyTorch's SGD: v ← m·v + g, w ← w − η·v, and v starts as the first gradient. What is kept is the change since the
/// start, because that is what a client uploads: changes are small beside parameters, and would lose digits to them at
/// every step if only their sum were kept.
/// </remarks>
internal sealed class GradientDescent
{
    private readonly TrainingRecipe _recipe;
    private readonly Tensor _start;
    private readonly Tensor? _velocity;

    /// <summary>Begins at <paramref name="start"/>, a flat vector; whatever is made belongs to the caller's dispose scope.</summary>
    public GradientDescent(TrainingRecipe recipe, Tensor start)
    {
        _recipe = recipe;
        _start = start;
        Parameters = start.clone().requires_grad_();
        Change = zeros_like(start);
        _velocity = recipe.Momentum > 0 ? zeros_like(start) : null;
    }

    /// <summary>The current parameters: a flat leaf, changed in place by <see cref="Step"/>.</summary>
    public Tensor Parameters { get; }

    /// <summary>The current parameters less those at the start.</summary>
    public Tensor Change { get; }

    /// <summary>Moves the parameters against the gradient of a loss.</summary>
    public void Step(Tensor loss)
    {
        var direction = autograd.grad([loss], [Parameters])[0];
        using var frozen = no_grad();
        if (_recipe.Proximal > 0)
        {
            direction.add_(Change, _recipe.Proximal);
        }

        if (_velocity is not null)
        {
            direction = _velocity.mul_(_recipe.Momentum).add_(direction);
        }

        Change.add_(direction, -_recipe.LearningRate);
        Parameters.copy_(_start).add_(Change);
    }
}
