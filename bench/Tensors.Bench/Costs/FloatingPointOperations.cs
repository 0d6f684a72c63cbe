namespace FedActors.Tensors.Bench.Costs;

/// <summary>
/// How many floating-point operations the products of a piece of work take: two for each multiply-add of convolutions
/// and linear layers. Everything elementwise (bias, ReLU, pooling, normalisation, optimiser) is left out, so that a share
/// of the machine's peak errs on the low side.
/// </summary>
internal static class FloatingPointOperations
{
    private const int PerMultiplyAdd = 2;

    private static readonly Dictionary<string, Layer[]> Networks = new()
    {
        ["cnn"] =
        [
            Layer.Convolution(1, 10, 5, 24), Layer.Convolution(10, 20, 5, 8), Layer.Linear(320, 50), Layer.Linear(50, 10),
        ],
        ["lenet5"] =
        [
            Layer.Convolution(1, 6, 5, 28), Layer.Convolution(6, 16, 5, 10),
            Layer.Linear(400, 120), Layer.Linear(120, 84), Layer.Linear(84, 10),
        ],
        ["resnet8"] =
        [
            Layer.Convolution(3, 16, 3, 32),
            Layer.Convolution(16, 16, 3, 32), Layer.Convolution(16, 16, 3, 32),
            Layer.Convolution(16, 32, 3, 16), Layer.Convolution(32, 32, 3, 16), Layer.Convolution(16, 32, 1, 16),
            Layer.Convolution(32, 64, 3, 8), Layer.Convolution(64, 64, 3, 8), Layer.Convolution(32, 64, 1, 8),
            Layer.Linear(64, 10),
        ],
    };

    public static double Forward(string network, int images) => images * PerMultiplyAdd * (First(network) + Others(network));

    /// <summary>
    /// A forward pass and the gradients of weights and inputs, each as dear as the other; nobody asks for the gradient of
    /// the images.
    /// </summary>
    public static double Step(string network, int images) =>
        images * PerMultiplyAdd * ((2 * First(network)) + (3 * Others(network)));

    /// <summary>
    /// An objective that differentiates through <paramref name="steps"/> steps. Each of the products of a step (see
    /// <see cref="Step"/>) is bilinear, and so has two adjoints of its own cost: 3 products become 9, and 2 become 6 in
    /// the first layer. Left out is what leads back to the parameters before the first step, for which nobody asks.
    /// </summary>
    public static double Inversion(string network, int images, int steps)
    {
        var perStep = (6 * First(network)) + (9 * Others(network));
        var notAsked = First(network) + (2 * Others(network));
        return images * PerMultiplyAdd * ((steps * perStep) - notAsked);
    }

    private static double First(string network) => Networks[network][0].MultiplyAdds;

    private static double Others(string network) => Networks[network].Skip(1).Sum(static layer => (double)layer.MultiplyAdds);
}
