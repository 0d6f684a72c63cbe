using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Randomness;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Networks;

public sealed class NetworkTests
{
    public static TheoryData<string> NetworkNames => [.. NetworkCatalogue.Names];

    [Theory]
    [InlineData("mlp", 50_890)]
    [InlineData("cnn", 21_840)]
    [InlineData("lenet5", 61_706)]
    [InlineData("resnet8", 77_850)]
    public void Networks_have_the_documented_number_of_parameters(string name, int count) =>
        Assert.Equal(count, NetworkCatalogue.Get(name).Layout.Count);

    [Fact]
    public void Unknown_name_is_refused_with_the_known_ones()
    {
        var exception = Assert.Throws<ArgumentException>(() => NetworkCatalogue.Get("vgg"));

        Assert.Contains("mlp, cnn, lenet5, resnet8", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Initial_parameters_depend_on_the_seed_and_stay_in_their_bounds(string name)
    {
        var network = NetworkCatalogue.Get(name);
        var parameters = network.Initialize(1);

        Assert.Equal(parameters, network.Initialize(1));
        Assert.NotEqual(parameters, network.Initialize(2));
        foreach (var entry in network.Layout.Entries.Where(entry => entry.Name.EndsWith(".weight", StringComparison.Ordinal)))
        {
            var values = parameters.Span.Slice(entry.Offset, entry.Count).ToArray();
            if (entry.Shape.Length == 1)
            {
                Assert.All(values, value => Assert.Equal(1, value));
                continue;
            }

            var bound = (float)(1 / Math.Sqrt(entry.Count / (double)entry.Shape[0]));
            Assert.All(values, value => Assert.InRange(value, -bound, bound));
            Assert.True(values.Max() > 0.8 * bound && values.Min() < -0.8 * bound);
        }
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Gradient_agrees_with_finite_differences(string name)
    {
        var network = NetworkCatalogue.Get(name);
        var parameters = network.Initialize(1);
        var direction = Gaussian(network.Layout.Count, 2).Scale(1 / Math.Sqrt(network.Layout.Count));
        using var scope = NewDisposeScope();
        var inputs = tensor(
            Gaussian(4 * network.Input.Size, 3).ToArray(), [4, network.Input.Channels, network.Input.Height, network.Input.Width]);
        var labels = tensor(new long[] { 1, 3, 5, 7 }, [4]);

        var leaves = ParameterTensors.Split(network.Layout, parameters, requiresGrad: true);
        var gradient = ParameterTensors.Join(network.Layout, [.. autograd.grad([Loss(leaves)], leaves)]);

        // A wide step, because a float32 loss has seven digits; ReLU and max-pooling bend the loss within it.
        const double Width = 0.02;
        var measured = (LossAt(Width) - LossAt(-Width)) / (2 * Width);
        Assert.Equal(measured, gradient.Dot(direction), 0.05 * gradient.L2Norm());

        double LossAt(double step) =>
            Loss(ParameterTensors.Split(network.Layout, parameters.AddScaled(direction, step))).item<float>();

        Tensor Loss(Tensor[] tensors) => nn.functional.cross_entropy(network.Forward(tensors, inputs), labels);
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Splitting_and_joining_gives_the_same_vector(string name)
    {
        var layout = NetworkCatalogue.Get(name).Layout;
        var vector = Gaussian(layout.Count, 4);
        using var scope = NewDisposeScope();

        var tensors = ParameterTensors.Split(layout, vector, requiresGrad: true);

        Assert.All(tensors, tensor => Assert.True(tensor.requires_grad));
        Assert.Equal(layout.Entries.Select(entry => entry.Shape.ToArray()), tensors.Select(tensor => tensor.shape));
        Assert.Equal(vector, ParameterTensors.Join(layout, tensors));
    }

    [Fact]
    public void Tensors_that_do_not_fit_the_layout_are_refused()
    {
        var layout = ParameterLayout.Create(("a", [2]), ("b", [3]));
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => ParameterTensors.Split(layout, ParameterVector.Zeros(4)));
        Assert.Throws<ArgumentException>(() => ParameterTensors.Join(layout, [zeros(2)]));
        Assert.Throws<ArgumentException>(() => ParameterTensors.Join(layout, [zeros(2), zeros(2)]));
    }

    private static ParameterVector Gaussian(int count, ulong seed) => ParameterVector.Create(count, values =>
    {
        var random = new SeededRandom(seed);
        foreach (ref var value in values)
        {
            value = (float)random.NextGaussian();
        }
    });
}
