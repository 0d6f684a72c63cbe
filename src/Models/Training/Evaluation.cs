using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Tensors;
using static TorchSharp.torch;

namespace FedActors.Models.Training;

/// <summary>Measures parameters on images.</summary>
public static class Evaluation
{
    /// <summary>Measures accuracy and loss on all images of a set. A pure function that runs on the calling thread.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Parameters in the network's layout.</param>
    /// <param name="images">The images, of the network's input shape; at least one.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <param name="batchSize">How many images go through the network at once, at least 1. Default 500.</param>
    /// <param name="device">Where to compute; by default the processor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit, or there are no images.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static EvaluationResult Measure(
        INetwork network,
        ParameterVector parameters,
        ImageSet images,
        CancellationToken cancellationToken = default,
        int batchSize = 500,
        TensorDevice? device = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        int[] all = [.. Enumerable.Range(0, images.Count)];
        return Measure(network, parameters, images, all, cancellationToken, batchSize, device);
    }

    /// <summary>Measures accuracy and loss on chosen images. A pure function that runs on the calling thread.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Parameters in the network's layout.</param>
    /// <param name="images">Images of the network's input shape.</param>
    /// <param name="indices">Which of them; at least one.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <param name="batchSize">How many images go through the network at once, at least 1. Default 500.</param>
    /// <param name="device">Where to compute; by default the processor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit, or there are no images.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static EvaluationResult Measure(
        INetwork network,
        ParameterVector parameters,
        ImageSet images,
        ReadOnlyMemory<int> indices,
        CancellationToken cancellationToken = default,
        int batchSize = 500,
        TensorDevice? device = null)
    {
        NetworkChecks.EnsureFits(network, parameters, images);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (indices.IsEmpty)
        {
            throw new ArgumentException($"No images of the set '{images.Name}' are given to measure on.", nameof(indices));
        }

        TensorThreads.Prepare();
        device ??= TensorDevice.Cpu;
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        var tensors = ParameterTensors.Split(network.Layout, TensorValues.FromVector(parameters, device));
        var values = new float[Math.Min(batchSize, indices.Length) * images.Classes];
        var tally = new Tally(images.Classes);
        for (var rest = indices.Span; !rest.IsEmpty;)
        {
            var batch = rest[..Math.Min(batchSize, rest.Length)];
            rest = rest[batch.Length..];
            cancellationToken.ThrowIfCancellationRequested();
            using var batchScope = NewDisposeScope();
            TensorValues.Read(network.Forward(tensors, images.Inputs(batch, device)), values.AsSpan(0, batch.Length * images.Classes));
            for (var position = 0; position < batch.Length; position++)
            {
                tally.Add(values.AsSpan(position * images.Classes, images.Classes), images.ClassLabels[batch[position]]);
            }
        }

        return tally.Result();
    }

    /// <summary>Counts hits and adds losses, image by image, so that the size of a batch does not matter.</summary>
    private sealed class Tally(int classes)
    {
        private readonly int[] _seen = new int[classes];
        private readonly int[] _hits = new int[classes];
        private double _loss;

        public void Add(ReadOnlySpan<float> logits, int label)
        {
            var best = 0;
            for (var index = 1; index < logits.Length; index++)
            {
                best = logits[index] > logits[best] ? index : best;
            }

            var sum = 0.0;
            foreach (var logit in logits)
            {
                sum += Math.Exp((double)logit - logits[best]);
            }

            _loss += Math.Log(sum) + logits[best] - logits[label];
            _seen[label]++;
            _hits[label] += best == label && float.IsFinite(logits[best]) ? 1 : 0;
        }

        public EvaluationResult Result()
        {
            var count = _seen.Sum();
            var ofClass = _seen.Zip(_hits, (seen, hits) => seen == 0 ? 0 : hits / (double)seen);
            return new EvaluationResult(_hits.Sum() / (double)count, _loss / count, [.. ofClass]);
        }
    }
}
