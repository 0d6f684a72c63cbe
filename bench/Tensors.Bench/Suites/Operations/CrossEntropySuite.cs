using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>The loss of a classifier of ten classes.</summary>
public class CrossEntropySuite : OperationSuite
{
    private const int Classes = 10;

    private Tensor? _labels;

    [Params(32, 600)]
    public int Images { get; set; }

    protected override Tensor[] Operands()
    {
        _labels = tensor(Array.ConvertAll(Enumerable.Range(0, Images).ToArray(), static image => (long)image % Classes));
        return [randn([Images, Classes])];
    }

    protected override Tensor Apply(Tensor[] operands) => nn.functional.cross_entropy(operands[0], _labels!);
}
