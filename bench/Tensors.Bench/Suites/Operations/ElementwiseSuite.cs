using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>Elementwise operations on as many elements as small and large activations have.</summary>
public class ElementwiseSuite : OperationSuite
{
    [Params("relu", "add", "multiply", "exp")]
    public string Operation { get; set; } = "";

    [Params(21_840, 524_288)]
    public int Elements { get; set; }

    protected override Tensor[] Operands() =>
        Operation is "add" or "multiply" ? [randn([Elements]), randn([Elements])] : [randn([Elements])];

    protected override Tensor Apply(Tensor[] operands) => Operation switch
    {
        "relu" => nn.functional.relu(operands[0]),
        "add" => operands[0] + operands[1],
        "multiply" => operands[0] * operands[1],
        _ => operands[0].exp(),
    };
}
