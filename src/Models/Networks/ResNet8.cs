using FedActors.Models.Data;
using FedActors.Models.Parameters;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Models.Networks;

/// <summary>A small residual network for CIFAR-10 (He et al., 2016) with group norm; 77,850 parameters.</summary>
internal sealed class ResNet8 : INetwork
{
    private const int Groups = 8;

    public string Name => "resnet8";

    public ParameterLayout Layout { get; } = ParameterLayout.Create(
        ("stem.conv.weight", [16, 3, 3, 3]),
        ("stem.norm.weight", [16]),
        ("stem.norm.bias", [16]),
        ("block1.conv1.weight", [16, 16, 3, 3]),
        ("block1.norm1.weight", [16]),
        ("block1.norm1.bias", [16]),
        ("block1.conv2.weight", [16, 16, 3, 3]),
        ("block1.norm2.weight", [16]),
        ("block1.norm2.bias", [16]),
        ("block2.conv1.weight", [32, 16, 3, 3]),
        ("block2.norm1.weight", [32]),
        ("block2.norm1.bias", [32]),
        ("block2.conv2.weight", [32, 32, 3, 3]),
        ("block2.norm2.weight", [32]),
        ("block2.norm2.bias", [32]),
        ("block2.shortcut.weight", [32, 16, 1, 1]),
        ("block3.conv1.weight", [64, 32, 3, 3]),
        ("block3.norm1.weight", [64]),
        ("block3.norm1.bias", [64]),
        ("block3.conv2.weight", [64, 64, 3, 3]),
        ("block3.norm2.weight", [64]),
        ("block3.norm2.bias", [64]),
        ("block3.shortcut.weight", [64, 32, 1, 1]),
        ("fc.weight", [10, 64]),
        ("fc.bias", [10]));

    public ImageShape Input => new(3, 32, 32);

    public int Classes => 10;

    public Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        var reader = new ParameterReader(parameters);
        var features = ConvolveAndNormalize(inputs, reader, stride: 1).relu_();
        features = Block(features, reader, stride: 1, hasShortcut: false);
        features = Block(features, reader, stride: 2, hasShortcut: true);
        features = Block(features, reader, stride: 2, hasShortcut: true);
        return functional.linear(features.mean([2, 3]), reader.Next(), reader.Next());
    }

    public ParameterVector Initialize(ulong seed) => UniformInitialization.Draw(Layout, seed);

    private static Tensor Block(Tensor inputs, ParameterReader reader, long stride, bool hasShortcut)
    {
        var first = ConvolveAndNormalize(inputs, reader, stride).relu_();
        var second = ConvolveAndNormalize(first, reader, stride: 1);

        // Where the width changes, a strided 1×1 convolution brings the inputs to the same shape.
        var shortcut = hasShortcut ? functional.conv2d(inputs, reader.Next(), null, [stride, stride]) : inputs;
        return second.add_(shortcut).relu_();
    }

    /// <summary>The result is nobody else's: no gradient needs it, so it may be overwritten while it is in the caches.</summary>
    private static Tensor ConvolveAndNormalize(Tensor inputs, ParameterReader reader, long stride)
    {
        var convolved = functional.conv2d(inputs, reader.Next(), null, [stride, stride], [1, 1]);
        return functional.group_norm(convolved, Groups, reader.Next(), reader.Next(), 1e-5);
    }

    /// <summary>Hands out parameters in layout order, which is the order of use.</summary>
    private sealed class ParameterReader(IReadOnlyList<Tensor> parameters)
    {
        private int _next;

        public Tensor Next() => parameters[_next++];
    }
}
