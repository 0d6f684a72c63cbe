using FedActors.Models.Networks;
using FedActors.Models.Parameters;
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
    private readonly Tensor[] _starts;
    private readonly Tensor[] _changes;
    private readonly Tensor[] _velocities;

    /// <summary>Begins at <paramref name="start"/>; whatever is made belongs to the caller's dispose scope.</summary>
    public GradientDescent(TrainingRecipe recipe, ParameterLayout layout, ParameterVector start)
    {
        _recipe = recipe;
        Parameters = ParameterTensors.Split(layout, start, requiresGrad: true);
        _starts = ParameterTensors.Split(layout, start);
        _changes = Zeros();
        _velocities = recipe.Momentum > 0 ? Zeros() : [];

        Tensor[] Zeros() => [.. _starts.Select(parameter => zeros(parameter.shape))];
    }

    /// <summary>The current parameters: leaf tensors in layout order, changed in place by <see cref="Step"/>.</summary>
    public Tensor[] Parameters { get; }

    /// <summary>The current parameters less those at the start.</summary>
    public IReadOnlyList<Tensor> Changes => _changes;

    /// <summary>Moves every parameter against the gradient of a loss.</summary>
    public void Step(Tensor loss)
    {
        var gradients = autograd.grad([loss], Parameters);
        using var frozen = no_grad();
        for (var index = 0; index < Parameters.Length; index++)
        {
            var change = _changes[index];
            var direction = gradients[index];
            if (_recipe.Proximal > 0)
            {
                direction.add_(change, _recipe.Proximal);
            }

            if (_recipe.Momentum > 0)
            {
                direction = _velocities[index].mul_(_recipe.Momentum).add_(direction);
            }

            change.add_(direction, -_recipe.LearningRate);
            Parameters[index].copy_(_starts[index]).add_(change);
        }
    }
}
