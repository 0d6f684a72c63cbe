using static TorchSharp.torch;

namespace FedActors.Models.Networks;

/// <summary>Max-pooling as the networks use it.</summary>
internal static class Pooling
{
    /// <summary>Keeps the greatest of every 2×2 pixels.</summary>
    public static Tensor Halve(Tensor images) => nn.functional.max_pool2d(images, [2, 2]);
}
