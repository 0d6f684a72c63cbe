using FedActors.Standin.Conformance.Torch.Support;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Differentiation;

/// <summary>
/// Gradients against differences. In float64 a central difference with step 1e-5 is good to about 1e-9, so 1e-6 relative
/// leaves room for steep functions; float32 has 24 bits and is compared with float64 at 1e-4.
/// </summary>
public sealed class GradientTests
{
    private const double Step = 1e-5;

    [Theory]
    [MemberData(nameof(DifferentiableFunctions.Names), MemberType = typeof(DifferentiableFunctions))]
    public void A_gradient_agrees_with_differences(string name)
    {
        using var scope = NewDisposeScope();
        var function = DifferentiableFunctions.Named(name);
        var inputs = function.Inputs(ScalarType.Float64, true);
        var gradients = Gradients(Loss(function, inputs), inputs, false);
        AssertSlope(function, inputs, gradients, point => Loss(function, point));
    }

    [Theory]
    [MemberData(nameof(DifferentiableFunctions.Names), MemberType = typeof(DifferentiableFunctions))]
    public void A_gradient_can_be_differentiated_again(string name)
    {
        using var scope = NewDisposeScope();
        var function = DifferentiableFunctions.Named(name);
        var inputs = function.Inputs(ScalarType.Float64, true);
        var gradients = Gradients(SquaredSlopes(function, inputs), inputs, false);
        AssertSlope(function, inputs, gradients, point => SquaredSlopes(function, [.. point.Select(static x => x.requires_grad_())]));
    }

    [Theory]
    [MemberData(nameof(DifferentiableFunctions.Names), MemberType = typeof(DifferentiableFunctions))]
    public void Float32_gives_the_results_of_float64(string name)
    {
        using var scope = NewDisposeScope();
        var function = DifferentiableFunctions.Named(name);
        var (narrow, wide) = (Results(function, ScalarType.Float32), Results(function, ScalarType.Float64));
        for (var i = 0; i < wide.Length; i++)
        {
            Assert.Equal(wide[i].shape, narrow[i].shape);
            var error = (narrow[i].to_type(ScalarType.Float64) - wide[i]).norm().item<double>();
            Assert.True(error <= 1e-4 * (1e-3 + wide[i].norm().item<double>()), $"result {i} is off by {error}");
        }
    }

    // Value, gradients, gradients recorded for a second pass, and second gradients.
    private static Tensor[] Results(Differentiable function, ScalarType type)
    {
        var inputs = function.Inputs(type, true);
        return
        [
            function.Function(inputs).detach(),
            .. Gradients(Loss(function, inputs), inputs, false),
            .. Gradients(Loss(function, inputs), inputs, true).Select(static gradient => gradient.detach()),
            .. Gradients(SquaredSlopes(function, inputs), inputs, false),
        ];
    }

    // Not linear in the function's result, so that second derivatives exist for linear functions too.
    private static Tensor Loss(Differentiable function, Tensor[] inputs)
    {
        var result = function.Function(inputs);
        var weights = arange(1, result.numel() + 1, result.dtype).div(result.numel()).view(result.shape);
        return (result * result * weights).sum() + result.sum();
    }

    private static Tensor SquaredSlopes(Differentiable function, Tensor[] inputs) =>
        Gradients(Loss(function, inputs), inputs, true).Select(static gradient => gradient.square().sum()).Aggregate(static (a, b) => a + b);

    private static IList<Tensor> Gradients(Tensor loss, Tensor[] inputs, bool record) =>
        autograd.grad([loss], inputs, retain_graph: record, create_graph: record);

    private static void AssertSlope(Differentiable function, Tensor[] inputs, IList<Tensor> gradients, Func<Tensor[], Tensor> loss)
    {
        using var generator = new Generator(11);
        Tensor[] direction = [.. inputs.Select(x => randn(x.shape, ScalarType.Float64, generator: generator))];
        var expected = (At(1) - At(-1)) / (2 * Step);
        var actual = gradients.Zip(direction, static (gradient, along) => (gradient * along).sum().item<double>()).Sum();
        Assert.True(
            Math.Abs(expected - actual) <= 1e-6 * (1 + Math.Abs(expected)), $"{function.Name}: slope {actual}, by differences {expected}");

        double At(int sign) =>
            loss([.. inputs.Zip(direction, (x, along) => x.detach() + along * (sign * Step))]).item<double>();
    }
}
