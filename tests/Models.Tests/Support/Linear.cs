using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Support;

/// <summary>Softmax regression: the least that can be called a network.</summary>
internal sealed class Linear(ImageShape input, int classes) : INetwork
{
    public string Name => "linear";

    public ParameterLayout Layout { get; } = ParameterLayout.Create(("weight", [classes, input.Size]), ("bias", [classes]));

    public ImageShape Input => input;

    public int Classes => classes;

    public Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs) =>
        nn.functional.linear(inputs.flatten(1), parameters[0], parameters[1]);

    public ParameterVector Initialize(ulong seed) => ParameterVector.Zeros(Layout.Count);
}
