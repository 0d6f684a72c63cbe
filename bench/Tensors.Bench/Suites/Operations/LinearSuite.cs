using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>The larger linear layers of the networks, as rows×inputs→outputs.</summary>
public class LinearSuite : OperationSuite
{
    [Params("100×320→50", "1000×320→50", "32×400→120", "128×400→120", "32×120→84", "100×784→64")]
    public string Layer { get; set; } = "";

    protected override Tensor[] Operands()
    {
        var sizes = Array.ConvertAll(Layer.Split('×', '→'), long.Parse);
        return [randn([sizes[0], sizes[1]]), randn([sizes[2], sizes[1]]), randn([sizes[2]])];
    }

    protected override Tensor Apply(Tensor[] operands) => nn.functional.linear(operands[0], operands[1], operands[2]);
}
