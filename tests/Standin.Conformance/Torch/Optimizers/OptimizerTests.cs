using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Optimizers;

/// <summary>Optimisers against their formulas, written out with .NET numbers. Float32 rounds at 6e-8; a few steps stay within 1e-5.</summary>
public sealed class OptimizerTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0, 0, 0, false, false)]
    [InlineData(0.9, 0, 0, false, false)]
    [InlineData(0.9, 0.5, 0.1, false, false)]
    [InlineData(0.9, 0, 0.1, true, false)]
    [InlineData(0.9, 0, 0.1, false, true)]
    public void Sgd_follows_its_formula(double momentum, double dampening, double decay, bool nesterov, bool maximize)
    {
        double[] w = [1, -2, 0.5];
        double[]? velocity = null;
        var parameter = Start(w);
        using var optimizer = optim.SGD([parameter], 0.1, momentum, dampening, decay, nesterov, maximize);
        for (var step = 0; step < 4; step++)
        {
            Descend(optimizer, parameter);
            double[] g = [.. w.Select(x => 2 * x + decay * x)];
            if (momentum != 0)
            {
                velocity = velocity is null ? g : [.. velocity.Zip(g, (v, x) => momentum * v + (1 - dampening) * x)];
                g = nesterov ? [.. g.Zip(velocity, (x, v) => x + momentum * v)] : velocity;
            }

            w = [.. w.Zip(g, (x, y) => x + (maximize ? 0.1 : -0.1) * y)];
            AssertClose(w, parameter);
        }
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0.1, false, false)]
    [InlineData(0, true, false)]
    [InlineData(0.1, true, true)]
    public void Adam_follows_its_formula(double decay, bool amsgrad, bool maximize)
    {
        double[] w = [1, -2, 0.5];
        var (mean, square, largest) = (new double[3], new double[3], new double[3]);
        var parameter = Start(w);
        using var optimizer = optim.Adam([parameter], 0.1, 0.8, 0.9, 1e-6, decay, amsgrad, maximize);
        for (var step = 1; step <= 5; step++)
        {
            Descend(optimizer, parameter);
            for (var i = 0; i < w.Length; i++)
            {
                var g = (maximize ? -2 * w[i] : 2 * w[i]) + decay * w[i];
                mean[i] = 0.8 * mean[i] + 0.2 * g;
                square[i] = 0.9 * square[i] + 0.1 * g * g;
                largest[i] = Math.Max(largest[i], square[i]);
                var deviation = Math.Sqrt((amsgrad ? largest : square)[i] / (1 - Math.Pow(0.9, step))) + 1e-6;
                w[i] -= 0.1 / (1 - Math.Pow(0.8, step)) * mean[i] / deviation;
            }

            AssertClose(w, parameter);
        }
    }

    [Fact]
    public void Zero_grad_of_an_optimiser_zeroes()
    {
        var parameter = Start([1, 2]);
        using var optimizer = optim.SGD([parameter], 0.1);
        parameter.sum().backward();
        optimizer.zero_grad();
        Assert.Equal([0f, 0f], parameter.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays()
    {
        var parameter = Start([1, 2]);
        using var optimizer = optim.Adam([parameter], 0.1);
        optimizer.step();
        Assert.Equal([1f, 2f], parameter.data<float>().ToArray());
    }

    [Fact]
    public void The_learning_rate_of_a_group_can_be_changed()
    {
        var parameter = Start([1.0]);
        using var optimizer = optim.SGD([parameter], 0.1);
        foreach (var group in optimizer.ParamGroups)
        {
            Assert.Equal(0.1, group.LearningRate);
            group.LearningRate = 0.25;
        }

        Descend(optimizer, parameter);
        AssertClose([0.5], parameter);
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentException>(() => optim.SGD([Start([1])], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([Start([1])], 1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adam([Start([1])], beta1: 1));
    }

    private static Parameter Start(double[] values) => new(tensor(values, dtype: ScalarType.Float32));

    // The loss is the sum of squares, whose gradient is 2w.
    private static void Descend(optim.Optimizer optimizer, Parameter parameter)
    {
        optimizer.zero_grad();
        parameter.square().sum().backward();
        optimizer.step();
    }

    private static void AssertClose(double[] expected, Parameter actual)
    {
        foreach (var (e, a) in expected.Zip(actual.data<float>().ToArray()))
        {
            Assert.Equal(e, a, Tolerance);
        }
    }
}
