using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Staleness.Inversion;

public sealed class InversionObjectiveTests
{
    private const int Images = 3;
    private const int Steps = 3;
    private const double LearningRate = 0.1;

    private static readonly INetwork Network = new Linear(new ImageShape(1, 2, 2), classes: 4);

    [Theory]
    [InlineData(Disparity.L1, 1.0)]
    [InlineData(Disparity.L2, 1.0)]
    [InlineData(Disparity.L2, 0.3)]
    [InlineData(Disparity.Cosine, 1.0)]
    [InlineData(Disparity.Cosine, 0.3)]
    public void Gradients_agree_with_finite_differences(Disparity disparity, double keep)
    {
        var target = Gaussian.Vector(Network.Layout.Count, 3).Scale(0.1);
        using var objective = new InversionObjective(
            Network, Gaussian.Vector(Network.Layout.Count, 2), target, new UnrolledDescent(Steps, LearningRate), disparity, target.TopMagnitudeMask(keep));
        var inputs = Gaussian.Vector(Images * 4, 5);
        var labels = Gaussian.Vector(Images * 4, 6);
        var inputDirection = Gaussian.Vector(Images * 4, 7);
        var labelDirection = Gaussian.Vector(Images * 4, 8);

        using var scope = NewDisposeScope();
        var value = Evaluate(objective, inputs, labels);
        var slope = Flat(value.InputGradient).Dot(inputDirection) + Flat(value.LabelGradient).Dot(labelDirection);

        // A wide central difference: costs have seven digits, so that a narrow one would measure rounding.
        const double Width = 1e-2;
        var ahead = Evaluate(objective, inputs.AddScaled(inputDirection, Width), labels.AddScaled(labelDirection, Width));
        var behind = Evaluate(objective, inputs.AddScaled(inputDirection, -Width), labels.AddScaled(labelDirection, -Width));
        var measured = (ahead.Cost - behind.Cost) / (2 * Width);

        Assert.Equal(measured, slope, 0.02 * Math.Abs(measured));
    }

    [Theory]
    [InlineData(Disparity.L1)]
    [InlineData(Disparity.L2)]
    [InlineData(Disparity.Cosine)]
    public void Cost_is_zero_where_reconstructed_data_cause_the_very_update(Disparity disparity)
    {
        using var scope = NewDisposeScope();
        var start = Gaussian.Vector(Network.Layout.Count, 2);
        var inputs = tensor(Gaussian.Vector(Images * 4, 5).ToArray(), [Images, 1, 2, 2]);
        var labels = tensor(Gaussian.Vector(Images * 4, 6).ToArray(), [Images, 4]);
        var update = UnrolledUpdate.Run(Network, start, inputs, labels, new UnrolledDescent(Steps, LearningRate));

        using var objective = new InversionObjective(Network, start, update, new UnrolledDescent(Steps, LearningRate), disparity);
        var value = objective.Evaluate(inputs, labels);

        Assert.Equal(0, value.Cost, 1e-5);
    }

    [Fact]
    public void Unrolled_update_with_certain_labels_is_the_local_update()
    {
        var images = SmallImages.Random(Images, classes: 4);
        int[] all = [.. Enumerable.Range(0, Images)];
        var start = Gaussian.Vector(Network.Layout.Count, 2);
        using var scope = NewDisposeScope();

        // A logit 60 above the others leaves a softmax of exactly 1 in float32.
        var logits = new float[Images * 4];
        for (var image = 0; image < Images; image++)
        {
            logits[(image * 4) + images.ClassLabels[image]] = 60;
        }

        var unrolled = UnrolledUpdate.Run(Network, start, images.Inputs(all), tensor(logits, [Images, 4]), new UnrolledDescent(Steps, LearningRate));
        var trained = LocalTraining.Run(Network, start, images, all, new TrainingRecipe(Steps, null, LearningRate), seed: 1);

        Assert.InRange(Closeness.RelativeError(unrolled.Span, trained.Delta.Span), 0, 1e-5);
    }

    [Fact]
    public void Evaluation_leaves_its_arguments_alone()
    {
        var target = Gaussian.Vector(Network.Layout.Count, 3);
        using var objective = new InversionObjective(Network, Gaussian.Vector(Network.Layout.Count, 2), target, new UnrolledDescent(Steps, LearningRate), Disparity.L2);
        using var scope = NewDisposeScope();
        var inputs = tensor(Gaussian.Vector(Images * 4, 5).ToArray(), [Images, 1, 2, 2]);
        var labels = tensor(Gaussian.Vector(Images * 4, 6).ToArray(), [Images, 4]);

        var first = objective.Evaluate(inputs, labels);
        var second = objective.Evaluate(inputs, labels);

        Assert.False(inputs.requires_grad);
        Assert.False(first.InputGradient.requires_grad);
        Assert.Equal(first.Cost, second.Cost);
        Assert.Equal(Flat(first.InputGradient), Flat(second.InputGradient));
    }

    [Fact]
    public void Tensors_of_the_wrong_shape_are_refused_before_anything_is_differentiated()
    {
        var vector = ParameterVector.Zeros(Network.Layout.Count);
        using var objective = new InversionObjective(Network, vector, vector, new UnrolledDescent(Steps, LearningRate), Disparity.L1);
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => objective.Evaluate(zeros(3, 1, 2, 3), zeros(3, 4)));
        Assert.Throws<ArgumentException>(() => objective.Evaluate(zeros(3, 1, 2, 2), zeros(2, 4)));
        Assert.Throws<ArgumentException>(() => objective.Evaluate(zeros(0, 1, 2, 2), zeros(0, 4)));
        Assert.Throws<ArgumentException>(() => new InversionObjective(Network, vector, ParameterVector.Zeros(1), new UnrolledDescent(1, 1), Disparity.L1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InversionObjective(Network, vector, vector, new UnrolledDescent(0, 1), Disparity.L1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InversionObjective(Network, vector, vector, new UnrolledDescent(1, 0), Disparity.L1));
    }

    private static ObjectiveValue Evaluate(InversionObjective objective, ParameterVector inputs, ParameterVector labels) =>
        objective.Evaluate(tensor(inputs.ToArray(), [Images, 1, 2, 2]), tensor(labels.ToArray(), [Images, 4]));

    private static ParameterVector Flat(Tensor tensor) => ParameterVector.FromSpan(tensor.data<float>().ToArray());
}
