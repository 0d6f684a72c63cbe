using FedActors.Models.Data;
using FedActors.Models.Parameters;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Models.Networks;

/// <summary>LeNet-5 (LeCun et al., 1998) with ReLU and max-pooling; 61,706 parameters.</summary>
internal sealed class LeNet5 : INetwork
{
    public string Name => "lenet5";

    public ParameterLayout Layout { get; } = ParameterLayout.Create(
        ("conv1.weight", [6, 1, 5, 5]),
        ("conv1.bias", [6]),
        ("conv2.weight", [16, 6, 5, 5]),
        ("conv2.bias", [16]),
        ("fc1.weight", [120, 400]),
        ("fc1.bias", [120]),
        ("fc2.weight", [84, 120]),
        ("fc2.bias", [84]),
        ("fc3.weight", [10, 84]),
        ("fc3.bias", [10]));

    public ImageShape Input => new(1, 28, 28);

    public int Classes => 10;

    public Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        var first = Pooling.Halve(functional.relu(functional.conv2d(inputs, parameters[0], parameters[1], [1, 1], [2, 2])));
        var second = Pooling.Halve(functional.relu(functional.conv2d(first, parameters[2], parameters[3])));
        var wide = functional.relu(functional.linear(second.flatten(1), parameters[4], parameters[5]));
        var narrow = functional.relu(functional.linear(wide, parameters[6], parameters[7]));
        return functional.linear(narrow, parameters[8], parameters[9]);
    }

    public ParameterVector Initialize(ulong seed) => UniformInitialization.Draw(Layout, seed);
}
