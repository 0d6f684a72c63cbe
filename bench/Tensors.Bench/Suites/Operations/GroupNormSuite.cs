using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>The normalisations of <c>resnet8</c>: 32 images, 8 groups, as channels×side.</summary>
public class GroupNormSuite : OperationSuite
{
    private const int Images = 32;
    private const int Groups = 8;

    [Params("16×32", "32×16", "64×8")]
    public string Planes { get; set; } = "";

    protected override Tensor[] Operands()
    {
        var sizes = Array.ConvertAll(Planes.Split('×'), long.Parse);
        return [randn([Images, sizes[0], sizes[1], sizes[1]]), randn([sizes[0]]), randn([sizes[0]])];
    }

    protected override Tensor Apply(Tensor[] operands) =>
        nn.functional.group_norm(operands[0], Groups, operands[1], operands[2], 1e-5);
}
