using FedActors.Models.Networks;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Tests.Support;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Staleness.Inversion;

/// <summary>The inversion objective against float64 references.</summary>
public sealed class GoldenInversionTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> NetworkNames => [.. NetworkCatalogue.Names];

    public static TheoryData<string, string> Disparities
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var network in NetworkCatalogue.Names)
            {
                cases.Add(network, "l1");
                cases.Add(network, "l2");
                cases.Add(network, "l1_sparse");
            }

            return cases;
        }
    }

    [GoldenTheory]
    [MemberData(nameof(NetworkNames))]
    public void Unrolled_update_agrees_with_the_reference(string name)
    {
        var golden = GoldenVectors.Of(name);
        using var scope = NewDisposeScope();

        var update = UnrolledUpdate.Run(
            golden.Network, golden.Parameters, golden.Tensor("rec.x"), golden.Tensor("rec.y_logits"), new UnrolledDescent(golden.Steps, golden.LearningRate));

        Assert.InRange(Closeness.RelativeError(update.Span, golden.Floats("rec.update")), 0, Tolerance);
    }

    [GoldenTheory]
    [MemberData(nameof(Disparities))]
    public void Cost_and_gradients_agree_with_the_reference(string name, string disparity)
    {
        var golden = GoldenVectors.Of(name);
        using var objective = new InversionObjective(
            golden.Network,
            golden.Parameters,
            golden.Vector("update"),
            new UnrolledDescent(golden.Steps, golden.LearningRate),
            disparity == "l2" ? Disparity.L2 : Disparity.L1,
            disparity == "l1_sparse" ? golden.Mask() : null);
        using var scope = NewDisposeScope();

        using var value = objective.Evaluate(golden.Tensor("rec.x"), golden.Tensor("rec.y_logits"));
        var inputGradient = value.InputGradient.data<float>().ToArray();
        var labelGradient = value.LabelGradient.data<float>().ToArray();

        Assert.InRange(Closeness.RelativeError([(float)value.Cost], golden.Floats($"rec.{disparity}.cost")), 0, Tolerance);
        if (disparity == "l2")
        {
            Assert.InRange(Closeness.RelativeError(inputGradient, golden.Floats("rec.l2.grad_x")), 0, Tolerance);
            Assert.InRange(Closeness.RelativeError(labelGradient, golden.Floats("rec.l2.grad_y_logits")), 0, Tolerance);
        }
        else
        {
            // A difference that crosses zero under rounding flips a whole sign of an absolute value's gradient.
            Assert.InRange(Closeness.Cosine(inputGradient, golden.Floats($"rec.{disparity}.grad_x")), 0.999, 1);
            Assert.InRange(Closeness.Cosine(labelGradient, golden.Floats($"rec.{disparity}.grad_y_logits")), 0.999, 1);
        }
    }
}
