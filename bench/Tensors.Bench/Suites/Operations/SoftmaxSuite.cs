using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>Softmax over ten classes, as in the soft labels of an inversion.</summary>
public class SoftmaxSuite : OperationSuite
{
    [Params(32, 1_000)]
    public int Images { get; set; }

    protected override Tensor[] Operands() => [randn([Images, 10])];

    protected override Tensor Apply(Tensor[] operands) => nn.functional.softmax(operands[0], 1);
}
