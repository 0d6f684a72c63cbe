using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Randomness;
using FedActors.Models.Tensors;
using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>
/// D_rec: a small set of inputs and soft labels whose local update mimics the one that a client sent. It resembles what
/// the client's data do to the model, not the data.
/// </summary>
/// <param name="Inputs">Normalised inputs one after another, m · channels · height · width values.</param>
/// <param name="LabelLogits">Logits of the labels, m · classes values.</param>
public sealed record Reconstruction(ParameterVector Inputs, ParameterVector LabelLogits)
{
    /// <summary>Draws inputs and logits from N(0, 1): where an inversion begins that knows nothing.</summary>
    /// <param name="network">The network, whose inputs and classes they fit.</param>
    /// <param name="images">m, at least 1.</param>
    /// <param name="seed">The seed; the same one gives the same numbers.</param>
    public static Reconstruction Draw(INetwork network, int images, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);
        var random = new SeededRandom(seed);
        return new Reconstruction(Gaussian(images * network.Input.Size), Gaussian(images * network.Classes));

        ParameterVector Gaussian(int length) => ParameterVector.Create(length, values =>
        {
            foreach (ref var value in values)
            {
                value = (float)random.NextGaussian();
            }
        });
    }

    /// <summary>m, the number of inputs.</summary>
    /// <param name="network">The network they were made for.</param>
    public int Count(INetwork network) => LabelLogits.Length / network.Classes;

    /// <summary>Whether the reconstruction has <paramref name="images"/> inputs of the network's shape.</summary>
    public bool Fits(INetwork network, int images)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Inputs.Length == images * network.Input.Size && LabelLogits.Length == images * network.Classes;
    }

    /// <summary>U(w; D_rec): the update that the reconstruction causes from any parameters; from today's, the estimate Δ̂.</summary>
    /// <param name="network">The network it was made for.</param>
    /// <param name="parameters">w.</param>
    /// <param name="descent">The steps of the client's local training.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <param name="device">Where to compute; by default the processor.</param>
    public ParameterVector UpdateFrom(
        INetwork network,
        ParameterVector parameters,
        UnrolledDescent descent,
        CancellationToken cancellationToken = default,
        TensorDevice? device = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        var (inputs, labelLogits) = ToTensors(network, device ?? TensorDevice.Cpu);
        return UnrolledUpdate.Run(network, parameters, inputs, labelLogits, descent, cancellationToken);
    }

    /// <summary>Copies into float32 tensors [m, channels, height, width] and [m, classes], in the caller's dispose scope.</summary>
    internal (Tensor Inputs, Tensor LabelLogits) ToTensors(INetwork network, TensorDevice device)
    {
        var count = Count(network);
        var shape = network.Input;
        return (
            TensorValues.FromVector(Inputs, [count, shape.Channels, shape.Height, shape.Width], device),
            TensorValues.FromVector(LabelLogits, [count, network.Classes], device));
    }
}
