using FedActors.Models.Data;
using FedActors.Models.Parameters;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Models.Networks;

/// <summary>Two convolutions and two linear layers, the usual small network for MNIST; 21,840 parameters.</summary>
internal sealed class Cnn : INetwork
{
    public string Name => "cnn";

    public ParameterLayout Layout { get; } = ParameterLayout.Create(
        ("conv1.weight", [10, 1, 5, 5]),
        ("conv1.bias", [10]),
        ("conv2.weight", [20, 10, 5, 5]),
        ("conv2.bias", [20]),
        ("fc1.weight", [50, 320]),
        ("fc1.bias", [50]),
        ("fc2.weight", [10, 50]),
        ("fc2.bias", [10]));

    public ImageShape Input => new(1, 28, 28);

    public int Classes => 10;

    public Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        var first = functional.relu(Pooling.Halve(functional.conv2d(inputs, parameters[0], parameters[1])));
        var second = functional.relu(Pooling.Halve(functional.conv2d(first, parameters[2], parameters[3])));
        var hidden = functional.relu(functional.linear(second.flatten(1), parameters[4], parameters[5]));
        return functional.linear(hidden, parameters[6], parameters[7]);
    }

    public ParameterVector Initialize(ulong seed) => UniformInitialization.Draw(Layout, seed);
}
