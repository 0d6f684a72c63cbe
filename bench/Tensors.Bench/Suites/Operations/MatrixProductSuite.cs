using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>Square matrix products, from one that a network has to one that only the cache limits.</summary>
public class MatrixProductSuite : OperationSuite
{
    [Params(32, 128, 512)]
    public int Side { get; set; }

    protected override Tensor[] Operands() => [randn([Side, Side]), randn([Side, Side])];

    protected override Tensor Apply(Tensor[] operands) => operands[0].matmul(operands[1]);
}
