using FedActors.Models.Networks;
using FedActors.Models.Tensors;
using FedActors.Models.Tests.Support;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Networks;

/// <summary>The networks against float64 references; 1e-5 relative is what float32 sums of this length can be held to.</summary>
public sealed class GoldenNetworkTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> NetworkNames => [.. NetworkCatalogue.Names];

    [GoldenTheory]
    [MemberData(nameof(NetworkNames))]
    public void Layout_has_the_reference_names_in_order(string name)
    {
        var golden = GoldenVectors.Of(name);

        Assert.Equal(golden.ParameterNames, golden.Network.Layout.Entries.Select(entry => entry.Name));
    }

    [GoldenTheory]
    [MemberData(nameof(NetworkNames))]
    public void Logits_loss_and_gradient_agree_with_the_reference(string name)
    {
        var golden = GoldenVectors.Of(name);
        using var scope = NewDisposeScope();
        var parameters = TensorValues.FromVector(golden.Parameters, TensorDevice.Cpu).requires_grad_();

        var logits = golden.Network.Forward(ParameterTensors.Split(golden.Network.Layout, parameters), golden.Tensor("x"));
        var loss = nn.functional.cross_entropy(logits, golden.Tensor("y"));
        var gradient = TensorValues.ToVector(autograd.grad([loss], [parameters])[0]);

        Assert.InRange(Closeness.RelativeError(logits.data<float>().ToArray(), golden.Floats("logits")), 0, Tolerance);
        Assert.InRange(Closeness.RelativeError([loss.item<float>()], golden.Floats("loss")), 0, Tolerance);
        Assert.InRange(Closeness.RelativeError(gradient.Span, golden.Floats("gradient")), 0, Tolerance);
    }
}
