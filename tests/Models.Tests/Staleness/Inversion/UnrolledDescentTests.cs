using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Staleness.Inversion;

public sealed class UnrolledDescentTests
{
    private const int Images = 5;

    private static readonly INetwork Network = new Linear(new ImageShape(1, 2, 2), classes: 4);

    [Fact]
    public void A_full_batch_client_is_imitated_step_by_step() => Assert.Equal(
        new UnrolledDescent(5, 0.05, 0.9, 0.01),
        UnrolledDescent.For(new TrainingRecipe(5, null, 0.05, 0.9, 0.01), samples: 100));

    [Theory]
    [InlineData(100, 10, 10)]
    [InlineData(101, 10, 11)]
    [InlineData(9, 10, 1)]
    [InlineData(10, 1, 10)]
    public void A_client_with_b_batches_takes_one_step_of_b_times_the_length_each_epoch(int samples, int batch, int batches)
    {
        var recipe = new TrainingRecipe(3, batch, 0.05, 0.5, 0.1);

        Assert.Equal(new UnrolledDescent(3, 0.05 * batches, 0.5, 0.1), UnrolledDescent.For(recipe, samples));
        Assert.Equal(new UnrolledDescent(3 * batches, 0.05, 0.5, 0.1), UnrolledDescent.For(recipe, samples, everyBatch: true));
    }

    [Fact]
    public void Nothing_stands_for_a_client_without_images_or_with_an_impossible_recipe()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UnrolledDescent.For(new TrainingRecipe(1, null, 0.1), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnrolledDescent.For(new TrainingRecipe(0, null, 0.1), 1));
    }

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(0, 0.5)]
    [InlineData(0.7, 0.3)]
    public void With_certain_labels_momentum_and_proximal_term_are_those_of_local_training(double momentum, double proximal)
    {
        var images = SmallImages.Random(Images, classes: 4);
        int[] all = [.. Enumerable.Range(0, Images)];
        var recipe = new TrainingRecipe(4, null, 0.1, momentum, proximal);
        var descent = UnrolledDescent.For(recipe, Images);
        var start = Gaussian.Vector(Network.Layout.Count, 2);
        using var scope = NewDisposeScope();

        // A logit 60 above the others leaves a softmax of exactly 1 in float32.
        var logits = new float[Images * 4];
        for (var image = 0; image < Images; image++)
        {
            logits[(image * 4) + images.ClassLabels[image]] = 60;
        }

        var inputs = images.Inputs(all);
        var labels = tensor(logits, [Images, 4]);
        var trained = LocalTraining.Run(Network, start, images, all, recipe, seed: 1).Delta;
        var replayed = UnrolledUpdate.Run(Network, start, inputs, labels, descent);

        Assert.InRange(Closeness.RelativeError(replayed.Span, trained.Span), 0, 1e-5);

        // The differentiable steps are written apart; data that cause the very update must leave no disparity.
        Assert.Equal(0, Cost(descent), 1e-5 * trained.L1Norm());
        Assert.True(Cost(new UnrolledDescent(4, 0.1)) > 0.01 * trained.L1Norm(), "Without them the update is another.");

        double Cost(UnrolledDescent steps)
        {
            using var objective = new InversionObjective(Network, start, trained, steps, Disparity.L1);
            return objective.Evaluate(inputs, labels).Cost;
        }
    }
}
