using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Randomness;
using FedActors.Models.Tensors;
using static TorchSharp.torch;

namespace FedActors.Models.Training;

/// <summary>The local update U(w; D): what a client does with the model it is given.</summary>
/// <remarks>
/// A pure function of its arguments. It runs on the calling thread from start to end, so that many may run side by side,
/// and all tensors it makes are gone when it returns.
/// </remarks>
public static class LocalTraining
{
    /// <summary>Trains from <paramref name="start"/> on the chosen images with mean cross-entropy.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">The parameters to start from, in the network's layout.</param>
    /// <param name="images">The shared images, of the network's input shape.</param>
    /// <param name="indices">The client's images; at least one.</param>
    /// <param name="recipe">How to train. Mini-batches are shuffled in each epoch, and the last one may be smaller.</param>
    /// <param name="seed">The seed of the shuffling; full-batch training does not use it.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <param name="device">Where to compute; by default the processor.</param>
    /// <returns>The change of the parameters, with the loss and the number of samples.</returns>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit, there are no images, or the recipe is impossible.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static LocalUpdate Run(
        INetwork network,
        ParameterVector start,
        ImageSet images,
        ReadOnlyMemory<int> indices,
        TrainingRecipe recipe,
        ulong seed,
        CancellationToken cancellationToken = default,
        TensorDevice? device = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Validate();
        NetworkChecks.EnsureFits(network, start, images);
        if (indices.IsEmpty)
        {
            throw new ArgumentException("A client trains on at least one image.", nameof(indices));
        }

        TensorThreads.Prepare();
        using var recording = enable_grad();
        using var scope = NewDisposeScope();
        var descent = new GradientDescent(recipe, TensorValues.FromVector(start, device ?? TensorDevice.Cpu));
        var batches = new Batches(images, device ?? TensorDevice.Cpu);
        var loss = recipe.BatchSize is { } batchSize
            ? TrainInBatches(network, descent, batches, indices.Span, recipe.Epochs, batchSize, seed, cancellationToken)
            : TrainAtOnce(network, descent, batches, indices.Span, recipe.Epochs, cancellationToken);
        return new LocalUpdate(TensorValues.ToVector(descent.Change), loss, indices.Length);
    }

    private static double TrainAtOnce(
        INetwork network,
        GradientDescent descent,
        Batches batches,
        ReadOnlySpan<int> indices,
        int epochs,
        CancellationToken cancellationToken)
    {
        var (inputs, labels) = batches.Of(indices);
        var loss = double.NaN;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss = Step(network, descent, inputs, labels);
        }

        return loss;
    }

    private static double TrainInBatches(
        INetwork network,
        GradientDescent descent,
        Batches batches,
        ReadOnlySpan<int> indices,
        int epochs,
        int batchSize,
        ulong seed,
        CancellationToken cancellationToken)
    {
        var random = new SeededRandom(Seeds.Derive(seed, "batches"));
        var order = indices.ToArray();
        var loss = double.NaN;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle<int>(order);
            loss = 0;
            for (var first = 0; first < order.Length; first += batchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var batch = order.AsSpan(first, Math.Min(batchSize, order.Length - first));
                using var scope = NewDisposeScope();
                var (inputs, labels) = batches.Of(batch);
                loss += batch.Length * Step(network, descent, inputs, labels);
            }

            loss /= order.Length;
        }

        return loss;
    }

    private static double Step(INetwork network, GradientDescent descent, Tensor inputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var parameters = ParameterTensors.Split(network.Layout, descent.Parameters);
        var loss = nn.functional.cross_entropy(network.Forward(parameters, inputs), labels);
        descent.Step(loss);
        return loss.item<float>();
    }

    /// <summary>Images and classes as tensors on a device, in the caller's dispose scope.</summary>
    private readonly record struct Batches(ImageSet Images, TensorDevice Device)
    {
        public (Tensor Inputs, Tensor Labels) Of(ReadOnlySpan<int> indices) =>
            (Images.Inputs(indices, Device), Images.Labels(indices, Device));
    }
}
