using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Training;
using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>
/// What gradient inversion minimises: d(U(w; D_rec), Δ), how far the update that reconstructed data would cause is from
/// the one that a client sent, with gradients through all steps of U (Wang and Gao, 2025, equation 5). Pure, and safe
/// to evaluate from several threads at once.
/// </summary>
public sealed class InversionObjective
{
    private readonly INetwork _network;
    private readonly ParameterVector _start;
    private readonly ParameterVector _target;
    private readonly ParameterVector? _kept;
    private readonly UnrolledDescent _descent;
    private readonly Disparity _disparity;

    /// <summary>Sets up the objective for one stale update.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">w, the parameters that the client started from.</param>
    /// <param name="target">Δ, the update that the client sent.</param>
    /// <param name="descent">The steps to unroll.</param>
    /// <param name="disparity">d.</param>
    /// <param name="kept">The coordinates that d sees; null for all.</param>
    /// <exception cref="ArgumentException">Lengths do not fit the network, no coordinate is kept, or a number is out of range.</exception>
    public InversionObjective(
        INetwork network,
        ParameterVector start,
        ParameterVector target,
        UnrolledDescent descent,
        Disparity disparity,
        ParameterMask? kept = null)
    {
        InversionChecks.EnsureValid(network, start, descent);
        network.Layout.EnsureFits(target, nameof(target));
        if (kept is not null && (kept.Length != network.Layout.Count || kept.Kept == 0))
        {
            throw new ArgumentException(
                $"The mask keeps {kept.Kept} of {kept.Length} coordinates; it must keep some of {network.Layout.Count}.", nameof(kept));
        }

        _network = network;
        _start = start;
        _target = target;
        _descent = descent;
        _disparity = disparity;
        _kept = kept is null || kept.Kept == kept.Length ? null : kept.ToVector();
        var seen = _kept is null ? target : target.Multiply(_kept);
        Nothing = DisparityMeasure.Between(disparity, ParameterVector.Zeros(seen.Length), seen);
    }

    /// <summary>d(0, Δ): the disparity of data that cause no update at all.</summary>
    public double Nothing { get; }

    /// <summary>Computes the disparity and its gradients for reconstructed data.</summary>
    /// <param name="inputs">Normalised inputs, float32 [m, channels, height, width].</param>
    /// <param name="labelLogits">Label logits, float32 [m, classes]; the labels are their softmax.</param>
    /// <returns>The value. Its tensors move to the caller's dispose scope, if there is one; else the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A tensor has the wrong type or shape.</exception>
    public ObjectiveValue Evaluate(Tensor inputs, Tensor labelLogits)
    {
        InversionChecks.EnsureFits(_network, inputs, labelLogits);
        TensorThreads.Prepare();
        using var scope = NewDisposeScope();
        var x = inputs.detach().requires_grad_();
        var y = labelLogits.detach().requires_grad_();
        var begin = ParameterTensors.Split(_network.Layout, _start, requiresGrad: true);
        var labels = nn.functional.softmax(y, 1);
        var end = UnrolledUpdate.Unroll(_network, begin, x, labels, _descent);
        var cost = Cost(begin, end);
        var gradients = autograd.grad([cost], [x, y]);
        var value = new ObjectiveValue(cost.item<float>(), gradients[0], gradients[1]);
        scope.MoveToOuter(value.InputGradient, value.LabelGradient);
        return value;
    }

    private Tensor Cost(Tensor[] begin, Tensor[] end)
    {
        var targets = ParameterTensors.Split(_network.Layout, _target);
        var masks = _kept is null ? null : ParameterTensors.Split(_network.Layout, _kept);
        return _disparity switch
        {
            Disparity.L1 => Sum(index => (Update(index) - Target(index)).abs()),
            Disparity.L2 => Sum(index => (Update(index) - Target(index)).pow(2)),
            Disparity.Cosine => OneMinusCosine(),
            _ => throw new InvalidOperationException($"There is no disparity '{_disparity}'."),
        };

        Tensor Update(int index) => Masked(end[index] - begin[index].detach(), index);

        Tensor Target(int index) => Masked(targets[index], index);

        Tensor Masked(Tensor values, int index) => masks is null ? values : values * masks[index];

        Tensor Sum(Func<int, Tensor> term)
        {
            var sum = term(0).sum();
            for (var index = 1; index < end.Length; index++)
            {
                sum = sum.add(term(index).sum());
            }

            return sum;
        }

        Tensor OneMinusCosine()
        {
            // The small addend keeps the gradient of the square root finite where an update is zero.
            var product = Sum(index => Update(index) * Target(index));
            var square = Sum(index => Update(index).pow(2));
            var targetSquare = Sum(index => Target(index).pow(2));
            return product.div((square * targetSquare + 1e-30).sqrt()).neg().add(1);
        }
    }
}
