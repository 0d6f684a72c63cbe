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
    /// <param name="steps">How many gradient steps, at least 1.</param>
    /// <param name="learningRate">The size of each step, positive.</param>
    /// <returns>The parameters after the steps less those before.</returns>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit, or a number is out of range.</exception>
    public static ParameterVector Run(
        INetwork network, ParameterVector start, Tensor inputs, Tensor labelLogits, int steps, double learningRate)
    {
        InversionChecks.EnsureValid(network, start, steps, learningRate);
        InversionChecks.EnsureFits(network, inputs, labelLogits);
        TensorThreads.Prepare();
        using var scope = NewDisposeScope();
        var x = inputs.detach();
        var labels = nn.functional.softmax(labelLogits.detach(), 1);
        var parameters = ParameterTensors.Split(network.Layout, start, requiresGrad: true);
        for (var step = 0; step < steps; step++)
        {
            using var stepScope = NewDisposeScope();
            var gradients = Gradients(network, parameters, x, labels, differentiable: false);
            using var frozen = no_grad();
            for (var index = 0; index < parameters.Length; index++)
            {
                parameters[index].add_(gradients[index], -learningRate);
            }
        }

        return ParameterTensors.Join(network.Layout, parameters).Subtract(start);
    }

    /// <summary>Takes the same steps out of place, so that a graph leads back from the last one to inputs and labels.</summary>
    internal static Tensor[] Unroll(
        INetwork network, Tensor[] begin, Tensor inputs, Tensor labels, int steps, double learningRate)
    {
        var parameters = begin;
        for (var step = 0; step < steps; step++)
        {
            var gradients = Gradients(network, parameters, inputs, labels, differentiable: true);
            parameters = [.. parameters.Zip(gradients, (parameter, gradient) => parameter.add(gradient, -learningRate))];
        }

        return parameters;
    }

    private static IList<Tensor> Gradients(
        INetwork network, Tensor[] parameters, Tensor inputs, Tensor labels, bool differentiable)
    {
        var logProbabilities = nn.functional.log_softmax(network.Forward(parameters, inputs), 1);
        var loss = (labels * logProbabilities).sum(1).mean().neg();

        // Keeping the graph has to be asked for: not every version of the library does so because it creates another.
        return autograd.grad([loss], parameters, retain_graph: differentiable, create_graph: differentiable);
    }
}
