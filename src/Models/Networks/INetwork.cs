using FedActors.Models.Data;
using FedActors.Models.Parameters;
using static TorchSharp.torch;

namespace FedActors.Models.Networks;

/// <summary>
/// A network is a layout of parameters and a pure function of them. It has no state, so that training, evaluation and
/// differentiation through an unrolled update share it, from any thread.
/// </summary>
public interface INetwork
{
    /// <summary>The name in the catalogue, for example <c>cnn</c>.</summary>
    string Name { get; }

    /// <summary>The names, shapes and order of the parameters.</summary>
    ParameterLayout Layout { get; }

    /// <summary>The extents of the images it takes.</summary>
    ImageShape Input { get; }

    /// <summary>How many classes it tells apart.</summary>
    int Classes { get; }

    /// <summary>Computes the logits of images, differentiably in parameters and images.</summary>
    /// <param name="parameters">One float32 tensor for each entry of <see cref="Layout"/>, in order and of its shape.</param>
    /// <param name="inputs">Normalised images, float32 [n, channels, height, width].</param>
    /// <returns>Logits, float32 [n, <see cref="Classes"/>]. Other tensors that are made belong to the caller's dispose scope.</returns>
    Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs);

    /// <summary>
    /// Draws parameters to start training from: weights and biases uniform in ±1/√(fan-in) as PyTorch does by default,
    /// scales of normalisations 1 and their shifts 0.
    /// </summary>
    /// <param name="seed">The seed; the same one gives the same parameters.</param>
    /// <returns>Parameters in layout order.</returns>
    ParameterVector Initialize(ulong seed);
}
