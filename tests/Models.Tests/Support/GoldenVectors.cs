using System.Globalization;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Support;

/// <summary>The reference vectors of one network, computed in float64 with PyTorch.</summary>
internal sealed class GoldenVectors
{
    private readonly SafetensorsFile _file;

    private GoldenVectors(INetwork network, SafetensorsFile file)
    {
        Network = network;
        _file = file;
        Parameters = file.ReadParameters(network.Layout, "param.");
        LearningRate = double.Parse(file.Metadata["learning_rate"], CultureInfo.InvariantCulture);
        Steps = int.Parse(file.Metadata["local_steps"], CultureInfo.InvariantCulture);
    }

    public INetwork Network { get; }

    public ParameterVector Parameters { get; }

    public double LearningRate { get; }

    public int Steps { get; }

    public IEnumerable<string> ParameterNames => _file.Tensors
        .Where(tensor => tensor.Name.StartsWith("param.", StringComparison.Ordinal))
        .Select(tensor => tensor.Name["param.".Length..]);

    public static GoldenVectors Of(string network) =>
        new(NetworkCatalogue.Get(network), Safetensors.Read(Path.Combine(SharedFolders.Golden!, $"{network}.safetensors")));

    public float[] Floats(string name) => _file[name].ToFloats();

    public ParameterVector Vector(string name) => ParameterVector.FromSpan(Floats(name));

    public Tensor Tensor(string name)
    {
        var stored = _file[name];
        return stored.ElementType == "I64"
            ? tensor(stored.ToIntegers(), stored.Shape.AsSpan())
            : tensor(stored.ToFloats(), stored.Shape.AsSpan());
    }

    public ParameterMask Mask() => ParameterMask.FromFlags([.. Floats("rec.mask").Select(value => value > 0)]);
}
