using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Tensors;
using FedActors.Models.Training;
using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>
/// U(w; D_rec): full-batch gradient steps on reconstructed inputs with soft labels, which are the softmax of logits
/// (the local update in section 3 of Wang and Gao, 2025).
/// </summary>
public static class UnrolledUpdate
{
    /// <summary>Computes the update that reconstructed data cause.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">The parameters to start from, in the network's layout.</param>
    /// <param name="inputs">Normalised inputs, float32 [m, channels, height, width].</param>
    /// <param name="labelLogits">Label logits, float32 [m, classes], on the same device.</param>
    /// <param name="descent">The steps.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <returns>The parameters after the steps less those before.</returns>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit, or a number is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ParameterVector Run(
        INetwork network,
        ParameterVector start,
        Tensor inputs,
        Tensor labelLogits,
        UnrolledDescent descent,
        CancellationToken cancellationToken = default)
    {
        InversionChecks.EnsureValid(network, start, descent);
        InversionChecks.EnsureFits(network, inputs, labelLogits);
        TensorThreads.Prepare();
        using var recording = enable_grad();
        using var scope = NewDisposeScope();
        var x = inputs.detach();
        var labels = nn.functional.softmax(labelLogits.detach(), 1);
        var local = new GradientDescent(
            new TrainingRecipe(descent.Steps, null, descent.LearningRate, descent.Momentum, descent.Proximal),
            TensorValues.FromVector(start, TensorDevice.Of(inputs)));
        for (var step = 0; step < descent.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            local.Step(Loss(network, local.Parameters, x, labels));
        }

        return TensorValues.ToVector(local.Change);
    }

    /// <summary>Takes the same steps out of place, so that a graph leads back from the change to inputs and labels.</summary>
    /// <param name="network">The network.</param>
    /// <param name="begin">The parameters to start from, a flat leaf that wants gradients.</param>
    /// <param name="inputs">Normalised inputs, float32 [m, channels, height, width].</param>
    /// <param name="labels">Soft labels, float32 [m, classes].</param>
    /// <param name="descent">The steps.</param>
    /// <returns>The parameters after the steps less those before, flat.</returns>
    internal static Tensor Unroll(INetwork network, Tensor begin, Tensor inputs, Tensor labels, UnrolledDescent descent)
    {
        // As in GradientDescent, the change is kept apart, because it would lose digits in a sum with the parameters.
        var parameters = begin;
        Tensor? change = null;
        Tensor? velocity = null;
        for (var step = 0; step < descent.Steps; step++)
        {
            // TorchSharp does not keep the graph because it creates another; PyTorch does.
            var direction = autograd.grad(
                [Loss(network, parameters, inputs, labels)], [parameters], retain_graph: true, create_graph: true)[0];
            if (descent.Proximal > 0 && change is not null)
            {
                direction = direction.add(change, descent.Proximal);
            }

            if (descent.Momentum > 0)
            {
                velocity = velocity is null ? direction : direction.add(velocity, descent.Momentum);
                direction = velocity;
            }

            var move = direction * -descent.LearningRate;
            change = change is null ? move : change + move;
            parameters = begin + change;
        }

        return change!;
    }

    private static Tensor Loss(INetwork network, Tensor parameters, Tensor inputs, Tensor labels)
    {
        var views = ParameterTensors.Split(network.Layout, parameters);
        var logProbabilities = nn.functional.log_softmax(network.Forward(views, inputs), 1);
        return (labels * logProbabilities).sum(1).mean().neg();
    }
}
