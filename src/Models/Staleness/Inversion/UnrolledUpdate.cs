using FedActors.Models.Networks;
using FedActors.Models.Parameters;
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
    /// <param name="labelLogits">Label logits, float32 [m, classes].</param>
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
        using var scope = NewDisposeScope();
        var x = inputs.detach();
        var labels = nn.functional.softmax(labelLogits.detach(), 1);
        var local = new GradientDescent(
            new TrainingRecipe(descent.Steps, null, descent.LearningRate, descent.Momentum, descent.Proximal), network.Layout, start);
        for (var step = 0; step < descent.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            local.Step(Loss(network, local.Parameters, x, labels));
        }

        return ParameterTensors.Join(network.Layout, local.Changes);
    }

    /// <summary>Takes the same steps out of place, so that a graph leads back from the last one to inputs and labels.</summary>
    internal static Tensor[] Unroll(INetwork network, Tensor[] begin, Tensor inputs, Tensor labels, UnrolledDescent descent)
    {
        var parameters = begin;
        Tensor[]? velocities = null;
        for (var step = 0; step < descent.Steps; step++)
        {
            // Keeping the graph has to be asked for: not every version of the library does so because it creates another.
            IList<Tensor> directions = autograd.grad(
                [Loss(network, parameters, inputs, labels)], parameters, retain_graph: true, create_graph: true);
            if (descent.Proximal > 0 && step > 0)
            {
                directions = Zip(directions, Zip(parameters, begin, (now, first) => now - first), (direction, change) => direction.add(change, descent.Proximal));
            }

            if (descent.Momentum > 0)
            {
                velocities = velocities is null
                    ? [.. directions]
                    : Zip(directions, velocities, (direction, velocity) => direction.add(velocity, descent.Momentum));
                directions = velocities;
            }

            parameters = Zip(parameters, directions, (parameter, direction) => parameter.add(direction, -descent.LearningRate));
        }

        return parameters;
    }

    private static Tensor[] Zip(IEnumerable<Tensor> left, IEnumerable<Tensor> right, Func<Tensor, Tensor, Tensor> combine) =>
        [.. left.Zip(right, combine)];

    private static Tensor Loss(INetwork network, Tensor[] parameters, Tensor inputs, Tensor labels)
    {
        var logProbabilities = nn.functional.log_softmax(network.Forward(parameters, inputs), 1);
        return (labels * logProbabilities).sum(1).mean().neg();
    }
}
