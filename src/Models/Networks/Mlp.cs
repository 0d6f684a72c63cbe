using FedActors.Models.Data;
using FedActors.Models.Parameters;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Models.Networks;

/// <summary>One hidden layer: 784–64–10 with ReLU; 50,890 parameters.</summary>
internal sealed class Mlp : INetwork
{
    public string Name => "mlp";

    public ParameterLayout Layout { get; } = ParameterLayout.Create(
        ("fc1.weight", [64, 784]),
        ("fc1.bias", [64]),
        ("fc2.weight", [10, 64]),
        ("fc2.bias", [10]));

    public ImageShape Input => new(1, 28, 28);

    public int Classes => 10;

    public Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        var hidden = functional.relu(functional.linear(inputs.flatten(1), parameters[0], parameters[1]));
        return functional.linear(hidden, parameters[2], parameters[3]);
    }

    public ParameterVector Initialize(ulong seed) => UniformInitialization.Draw(Layout, seed);
}
