using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>Max-pooling of 2×2 pixels after the convolutions of <c>cnn</c> and <c>lenet5</c>, as images×channels×side.</summary>
public class PoolingSuite : OperationSuite
{
    [Params("100×10×24", "100×20×8", "32×6×28", "32×16×10")]
    public string Planes { get; set; } = "";

    protected override Tensor[] Operands()
    {
        var sizes = Array.ConvertAll(Planes.Split('×'), long.Parse);
        return [randn([sizes[0], sizes[1], sizes[2], sizes[2]])];
    }

    protected override Tensor Apply(Tensor[] operands) => nn.functional.max_pool2d(operands[0], [2, 2], [2, 2]);
}
