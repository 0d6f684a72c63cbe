using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Tensors;
using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>
/// What gradient inversion minimises: d(U(w; D_rec), Δ), how far the update that reconstructed data would cause is from
/// the one that a client sent, with gradients through all steps of U (Wang and Gao, 2025, equation 5). Pure, and safe
/// to evaluate from several threads at once.
/// </summary>
/// <remarks>It holds w, Δ and the mask as tensors, once for all evaluations, until it is disposed.</remarks>
public sealed class InversionObjective : IDisposable
{
    private readonly INetwork _network;
    private readonly Tensor _start;
    private readonly Tensor _target;
    private readonly Tensor? _kept;
    private readonly UnrolledDescent _descent;
    private readonly Disparity _disparity;

    /// <summary>Sets up the objective for one stale update.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">w, the parameters that the client started from.</param>
    /// <param name="target">Δ, the update that the client sent.</param>
    /// <param name="descent">The steps to unroll.</param>
    /// <param name="disparity">d.</param>
    /// <param name="kept">The coordinates that d sees; null for all.</param>
    /// <param name="device">Where to compute; by default the processor.</param>
    /// <exception cref="ArgumentException">Lengths do not fit the network, no coordinate is kept, or a number is out of range.</exception>
    /// <exception cref="TorchUnavailableException">libtorch can't be loaded.</exception>
    public InversionObjective(
        INetwork network,
        ParameterVector start,
        ParameterVector target,
        UnrolledDescent descent,
        Disparity disparity,
        ParameterMask? kept = null,
        TensorDevice? device = null)
    {
        InversionChecks.EnsureValid(network, start, descent);
        network.Layout.EnsureFits(target, nameof(target));
        if (kept is not null && (kept.Length != network.Layout.Count || kept.Kept == 0))
        {
            throw new ArgumentException(
                $"The mask keeps {kept.Kept} of {kept.Length} coordinates; it must keep some of {network.Layout.Count}.", nameof(kept));
        }

        _network = network;
        _descent = descent;
        _disparity = disparity;
        var mask = kept is null || kept.Kept == kept.Length ? null : kept.ToVector();
        var seen = mask is null ? target : target.Multiply(mask);
        Nothing = DisparityMeasure.Between(disparity, ParameterVector.Zeros(seen.Length), seen);
        TensorThreads.Prepare();
        device ??= TensorDevice.Cpu;
        using var scope = NewDisposeScope();
        _start = TensorValues.FromVector(start, device);
        _target = TensorValues.FromVector(seen, device);
        _kept = mask is null ? null : TensorValues.FromVector(mask, device);
        _start.DetachFromDisposeScope();
        _target.DetachFromDisposeScope();
        _kept?.DetachFromDisposeScope();
    }

    /// <summary>d(0, Δ): the disparity of data that cause no update at all.</summary>
    public double Nothing { get; }

    /// <summary>Gives the tensors back.</summary>
    public void Dispose()
    {
        _start.Dispose();
        _target.Dispose();
        _kept?.Dispose();
    }

    /// <summary>Computes the disparity and its gradients for reconstructed data.</summary>
    /// <param name="inputs">Normalised inputs, float32 [m, channels, height, width], on the objective's device.</param>
    /// <param name="labelLogits">Label logits, float32 [m, classes]; the labels are their softmax.</param>
    /// <returns>The value. Its tensors move to the caller's dispose scope, if there is one; else the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A tensor has the wrong type or shape.</exception>
    public ObjectiveValue Evaluate(Tensor inputs, Tensor labelLogits)
    {
        InversionChecks.EnsureFits(_network, inputs, labelLogits);
        TensorThreads.Prepare();
        using var recording = enable_grad();
        using var scope = NewDisposeScope();
        var x = inputs.detach().requires_grad_();
        var y = labelLogits.detach().requires_grad_();
        var labels = nn.functional.softmax(y, 1);
        var cost = Cost(UnrolledUpdate.Unroll(_network, _start.detach().requires_grad_(), x, labels, _descent));
        var gradients = autograd.grad([cost], [x, y]);
        var value = new ObjectiveValue(cost.item<float>(), gradients[0], gradients[1]);
        scope.MoveToOuter(value.InputGradient, value.LabelGradient);
        return value;
    }

    private Tensor Cost(Tensor update)
    {
        var seen = _kept is null ? update : update * _kept;
        switch (_disparity)
        {
            case Disparity.L1:
                return (seen - _target).abs().sum();
            case Disparity.L2:
                return (seen - _target).pow(2).sum();
            case Disparity.Cosine:
                // The small addend keeps the gradient of the square root finite where an update is zero.
                var squares = seen.pow(2).sum() * _target.pow(2).sum();
                return (seen * _target).sum().div((squares + 1e-30).sqrt()).neg().add(1);
            default:
                throw new InvalidOperationException($"There is no disparity '{_disparity}'.");
        }
    }
}
