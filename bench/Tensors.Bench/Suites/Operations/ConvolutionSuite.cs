using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>The convolutions of the networks.</summary>
public class ConvolutionSuite : OperationSuite
{
    [ParamsSource(nameof(Layers))]
    public ConvolutionLayer Layer { get; set; } = CnnFirst;

    public static IEnumerable<ConvolutionLayer> Layers =>
    [
        CnnFirst,
        new("cnn conv2", 100, Inputs: 10, Side: 12, Outputs: 20, Kernel: 5, Stride: 1, Padding: 0),
        new("lenet5 conv1", 32, Inputs: 1, Side: 28, Outputs: 6, Kernel: 5, Stride: 1, Padding: 2),
        new("lenet5 conv2", 32, Inputs: 6, Side: 14, Outputs: 16, Kernel: 5, Stride: 1, Padding: 0),
        new("resnet8 stem", 32, Inputs: 3, Side: 32, Outputs: 16, Kernel: 3, Stride: 1, Padding: 1),
        new("resnet8 block1", 32, Inputs: 16, Side: 32, Outputs: 16, Kernel: 3, Stride: 1, Padding: 1),
        new("resnet8 block2.conv1", 32, Inputs: 16, Side: 32, Outputs: 32, Kernel: 3, Stride: 2, Padding: 1),
        new("resnet8 block2.conv2", 32, Inputs: 32, Side: 16, Outputs: 32, Kernel: 3, Stride: 1, Padding: 1),
        new("resnet8 block2.shortcut", 32, Inputs: 16, Side: 32, Outputs: 32, Kernel: 1, Stride: 2, Padding: 0),
        new("resnet8 block3.conv2", 32, Inputs: 64, Side: 8, Outputs: 64, Kernel: 3, Stride: 1, Padding: 1),
    ];

    private static ConvolutionLayer CnnFirst { get; } =
        new("cnn conv1", 100, Inputs: 1, Side: 28, Outputs: 10, Kernel: 5, Stride: 1, Padding: 0);

    protected override Tensor[] Operands() =>
    [
        randn([Layer.Images, Layer.Inputs, Layer.Side, Layer.Side]),
        randn([Layer.Outputs, Layer.Inputs, Layer.Kernel, Layer.Kernel]),
        randn([Layer.Outputs]),
    ];

    protected override Tensor Apply(Tensor[] operands) => nn.functional.conv2d(
        operands[0], operands[1], operands[2], [Layer.Stride, Layer.Stride], [Layer.Padding, Layer.Padding]);

    /// <summary>A convolution of one of the networks.</summary>
    public sealed record ConvolutionLayer(
        string Name, long Images, long Inputs, long Side, long Outputs, long Kernel, long Stride, long Padding)
    {
        public override string ToString() => Name;
    }
}
