using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;

namespace FedActors.Models.Tests.Training;

public sealed class LocalTrainingTests
{
    private static readonly INetwork Cnn = NetworkCatalogue.Get("cnn");
    private static readonly ImageSet Images = Glyphs.Create(120, 10, seed: 1).Training;
    private static readonly int[] All = [.. Enumerable.Range(0, Images.Count)];
    private static readonly ParameterVector Start = Cnn.Initialize(1);

    [GoldenTheory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("lenet5")]
    [InlineData("resnet8")]
    public void Full_batch_update_agrees_with_the_reference(string name)
    {
        // What float32 sums of this length can be held to, as long as no argument of ReLU changes its sign by rounding.
        const double Tolerance = 1e-4;
        var golden = GoldenVectors.Of(name);
        var images = ImagesOf(golden);
        var recipe = new TrainingRecipe(golden.Steps, null, golden.LearningRate);

        var update = LocalTraining.Run(
            golden.Network, golden.Parameters, images, Enumerable.Range(0, images.Count).ToArray(), recipe, seed: 1);

        Assert.InRange(Closeness.RelativeError(update.Delta.Span, golden.Floats("update")), 0, Tolerance);
        Assert.Equal(16, update.Samples);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(25)]
    public void Same_arguments_give_the_same_bits_on_any_thread(int? batchSize)
    {
        var recipe = new TrainingRecipe(2, batchSize, 0.05, Momentum: 0.9, Proximal: 0.1);
        var reference = LocalTraining.Run(Cnn, Start, Images, All, recipe, seed: 5);

        var updates = new LocalUpdate[6];
        Parallel.For(0, updates.Length, index => updates[index] = LocalTraining.Run(Cnn, Start, Images, All, recipe, seed: 5));

        Assert.All(updates, update => Assert.Equal(reference, update));
    }

    [Fact]
    public void Seed_decides_the_order_of_batches_and_nothing_else()
    {
        var batches = new TrainingRecipe(1, 25, 0.05);
        var whole = new TrainingRecipe(1, null, 0.05);

        Assert.NotEqual(Train(batches, seed: 1).Delta, Train(batches, seed: 2).Delta);
        Assert.Equal(Train(whole, seed: 1), Train(whole, seed: 2));
    }

    [Fact]
    public void Batch_that_holds_all_samples_is_a_full_batch()
    {
        var whole = Train(new TrainingRecipe(3, null, 0.05));
        var batch = Train(new TrainingRecipe(3, Images.Count, 0.05));

        // The shuffled order changes the rounding of sums over the batch.
        Assert.InRange(Closeness.RelativeError(batch.Delta.Span, whole.Delta.Span), 0, 1e-4);
    }

    [Fact]
    public void Training_lowers_the_loss() =>
        Assert.True(Train(new TrainingRecipe(20, null, 0.1)).Loss < 0.9 * Train(new TrainingRecipe(1, null, 0.1)).Loss);

    [Fact]
    public void Loss_is_that_before_the_last_step()
    {
        var first = Train(new TrainingRecipe(1, null, 0.05));
        var second = Train(new TrainingRecipe(2, null, 0.05));

        Assert.Equal(Evaluation.Measure(Cnn, Start, Images).Loss, first.Loss, 1e-5);
        Assert.Equal(Evaluation.Measure(Cnn, Start.Add(first.Delta), Images).Loss, second.Loss, 1e-5);
    }

    [Fact]
    public void Momentum_adds_the_earlier_step()
    {
        const double Momentum = 0.5;
        var first = Train(new TrainingRecipe(1, null, 0.05)).Delta;
        var afterFirst = LocalTraining.Run(Cnn, Start.Add(first), Images, All, new TrainingRecipe(1, null, 0.05), seed: 1).Delta;

        var both = Train(new TrainingRecipe(2, null, 0.05, Momentum)).Delta;

        var expected = first.Add(afterFirst).AddScaled(first, Momentum);
        Assert.InRange(Closeness.RelativeError(both.Span, expected.Span), 0, 1e-4);
    }

    [Fact]
    public void Proximal_term_pulls_back_to_the_start()
    {
        const double LearningRate = 0.05;
        const double Proximal = 2;
        var first = Train(new TrainingRecipe(1, null, LearningRate)).Delta;
        var afterFirst = LocalTraining.Run(Cnn, Start.Add(first), Images, All, new TrainingRecipe(1, null, LearningRate), seed: 1).Delta;

        var both = Train(new TrainingRecipe(2, null, LearningRate, Proximal: Proximal)).Delta;

        // At the start the term's gradient is zero; after one step it is μ times that step.
        var expected = first.Add(afterFirst).AddScaled(first, -LearningRate * Proximal);
        Assert.InRange(Closeness.RelativeError(both.Span, expected.Span), 0, 1e-4);
    }

    [Fact]
    public void Divergence_comes_out_as_numbers_that_are_not_finite() =>
        Assert.False(Train(new TrainingRecipe(8, null, 1e20)).Delta.IsFinite());

    [Fact]
    public void Cancellation_ends_training()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            LocalTraining.Run(Cnn, Start, Images, All, new TrainingRecipe(1, null, 0.05), 1, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() =>
            LocalTraining.Run(Cnn, Start, Images, All, new TrainingRecipe(1, 10, 0.05), 1, cancelled.Token));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused()
    {
        var recipe = new TrainingRecipe(1, null, 0.05);

        Assert.Throws<ArgumentException>(() => LocalTraining.Run(Cnn, ParameterVector.Zeros(3), Images, All, recipe, 1));
        Assert.Throws<ArgumentException>(() => LocalTraining.Run(Cnn, Start, Images, ReadOnlyMemory<int>.Empty, recipe, 1));
        Assert.Throws<ArgumentException>(() => LocalTraining.Run(Cnn, Start, SmallImages.Random(9), All, recipe, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LocalTraining.Run(Cnn, Start, Images, new[] { 120 }, recipe, 1));
    }

    [Fact]
    public void Impossible_recipes_are_refused()
    {
        TrainingRecipe[] impossible =
        [
            new(0, null, 0.05),
            new(1, 0, 0.05),
            new(1, null, 0),
            new(1, null, double.NaN),
            new(1, null, 0.05, Momentum: 1),
            new(1, null, 0.05, Proximal: -1),
        ];

        Assert.All(impossible, recipe => Assert.Throws<ArgumentOutOfRangeException>(recipe.Validate));
    }

    private static LocalUpdate Train(TrainingRecipe recipe, ulong seed = 1) =>
        LocalTraining.Run(Cnn, Start, Images, All, recipe, seed);

    /// <summary>The reference's normalised inputs, turned back into the bytes that they were made of.</summary>
    private static ImageSet ImagesOf(GoldenVectors golden)
    {
        var shape = golden.Network.Input;
        var (mean, deviation) = shape.Channels == 1
            ? (new[] { 0.1307 }, new[] { 0.3081 })
            : (new[] { 0.4914, 0.4822, 0.4465 }, new[] { 0.2470, 0.2435, 0.2616 });
        var plane = shape.Height * shape.Width;
        var pixels = golden.Floats("x")
            .Select((value, index) => (value, channel: index / plane % shape.Channels))
            .Select(entry => (byte)Math.Round(255 * ((entry.value * deviation[entry.channel]) + mean[entry.channel])))
            .ToArray();
        using var classes = golden.Tensor("y");
        var labels = classes.data<long>().ToArray().Select(label => (byte)label).ToArray();
        return new ImageSet("reference", shape, 10, pixels, labels, [.. mean], [.. deviation]);
    }
}
