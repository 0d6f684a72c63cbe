using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;

namespace FedActors.Models.Tests.Training;

public sealed class EvaluationTests
{
    // One pixel per class: the linear model with the identity as weights answers with the brightest pixel.
    private static readonly ImageShape Shape = new(1, 1, 3);
    private static readonly Linear Identity = new(Shape, classes: 3);
    private static readonly ParameterVector Weights = ParameterVector.FromSpan([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);

    [Fact]
    public void Accuracy_is_counted_over_all_and_by_class()
    {
        var images = Set([9, 0, 0, 9, 0, 0, 0, 9, 0, 0, 9, 0], [0, 1, 1, 1]);

        var result = Evaluation.Measure(Identity, Weights, images);

        Assert.Equal(0.75, result.Accuracy);
        Assert.Equal([1, 2 / 3.0, 0], result.ClassAccuracy.ToArray());
    }

    [Fact]
    public void Only_the_chosen_images_are_measured()
    {
        var images = Set([9, 0, 0, 9, 0, 0, 0, 9, 0, 0, 9, 0], [0, 1, 1, 1]);

        var result = Evaluation.Measure(Identity, Weights, images, new[] { 1, 2 });

        Assert.Equal(0.5, result.Accuracy);
        Assert.Equal([0, 0.5, 0], result.ClassAccuracy.ToArray());
        Assert.Throws<ArgumentException>(() => Evaluation.Measure(Identity, Weights, images, ReadOnlyMemory<int>.Empty));
    }

    [Fact]
    public void Loss_is_the_mean_cross_entropy()
    {
        var images = Set([255, 0, 0, 0, 255, 0], [0, 0]);

        var result = Evaluation.Measure(Identity, Weights, images);

        var right = Math.Log(Math.E + 2) - 1;
        var wrong = Math.Log(Math.E + 2);
        Assert.Equal((right + wrong) / 2, result.Loss, 1e-6);
    }

    [Fact]
    public void Size_of_a_batch_does_not_matter()
    {
        var network = NetworkCatalogue.Get("cnn");
        var images = Glyphs.Create(10, 130, seed: 1).Test;
        var parameters = network.Initialize(3);
        var reference = Evaluation.Measure(network, parameters, images);

        foreach (var batchSize in (int[])[1, 7, 130, 1000])
        {
            var result = Evaluation.Measure(network, parameters, images, batchSize: batchSize);

            Assert.Equal(reference.Accuracy, result.Accuracy);
            Assert.Equal(reference.ClassAccuracy.ToArray(), result.ClassAccuracy.ToArray());

            // A kernel may round differently for a batch of another size.
            Assert.Equal(reference.Loss, result.Loss, 1e-5);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_not_finite_are_never_right(float bad)
    {
        var images = Set([9, 0, 0], [0]);
        var parameters = ParameterVector.FromSpan([.. Enumerable.Repeat(bad, Weights.Length)]);

        Assert.Equal(0, Evaluation.Measure(Identity, parameters, images).Accuracy);
    }

    [Fact]
    public void Cancellation_ends_the_measurement()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => Evaluation.Measure(Identity, Weights, Set([9, 0, 0], [0]), cancelled.Token));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused()
    {
        var images = Set([9, 0, 0], [0]);

        Assert.Throws<ArgumentException>(() => Evaluation.Measure(Identity, ParameterVector.Zeros(3), images));
        Assert.Throws<ArgumentException>(() => Evaluation.Measure(Identity, Weights, SmallImages.Random(4)));
        Assert.Throws<ArgumentException>(() => Evaluation.Measure(Identity, Weights, Set([], [])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluation.Measure(Identity, Weights, images, batchSize: 0));
    }

    private static ImageSet Set(byte[] pixels, byte[] labels) => new("tiny", Shape, 3, pixels, labels, [0], [1]);
}
