using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Tensors;
using FedActors.Models.Tests.Support;
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
        var direction = Gaussian.Vector(network.Layout.Count, 2).Scale(1 / Math.Sqrt(network.Layout.Count));
        using var scope = NewDisposeScope();
        var inputs = tensor(
            Gaussian.Vector(4 * network.Input.Size, 3).ToArray(), [4, network.Input.Channels, network.Input.Height, network.Input.Width]);
        var labels = tensor(new long[] { 1, 3, 5, 7 }, [4]);

        var leaf = TensorValues.FromVector(parameters, TensorDevice.Cpu).requires_grad_();
        var gradient = TensorValues.ToVector(autograd.grad([Loss(leaf)], [leaf])[0]);

        // A wide step, because a float32 loss has seven digits; ReLU and max-pooling bend the loss within it.
        const double Width = 0.02;
        var measured = (LossAt(Width) - LossAt(-Width)) / (2 * Width);
        Assert.Equal(measured, gradient.Dot(direction), 0.05 * gradient.L2Norm());

        double LossAt(double step) =>
            Loss(TensorValues.FromVector(parameters.AddScaled(direction, step), TensorDevice.Cpu)).item<float>();

        Tensor Loss(Tensor flat) =>
            nn.functional.cross_entropy(network.Forward(ParameterTensors.Split(network.Layout, flat), inputs), labels);
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void A_network_reads_views_of_the_flat_parameters(string name)
    {
        var layout = NetworkCatalogue.Get(name).Layout;
        var vector = Gaussian.Vector(layout.Count, 4);
        using var scope = NewDisposeScope();
        var flat = TensorValues.FromVector(vector, TensorDevice.Cpu);

        var views = ParameterTensors.Split(layout, flat);
        flat.mul_(2);

        Assert.Equal(layout.Entries.Select(entry => entry.Shape.ToArray()), views.Select(view => view.shape));
        Assert.Equal(vector.Scale(2), TensorValues.ToVector(cat([.. views.Select(view => view.flatten())])));
    }

    [Fact]
    public void A_tensor_that_does_not_fit_the_layout_is_refused()
    {
        var layout = ParameterLayout.Create(("a", [2]), ("b", [3]));
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => ParameterTensors.Split(layout, zeros(4)));
        Assert.Throws<ArgumentException>(() => ParameterTensors.Split(layout, zeros(1, 5)));
    }
}
