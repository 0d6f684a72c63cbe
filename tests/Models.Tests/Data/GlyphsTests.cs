using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;

namespace FedActors.Models.Tests.Data;

public sealed class GlyphsTests
{
    [Fact]
    public void Shared_set_has_the_shape_of_mnist()
    {
        var set = Glyphs.Shared;

        Assert.Equal((10_000, 2_000), (set.Training.Count, set.Test.Count));
        Assert.Equal(new ImageShape(1, 28, 28), set.Training.Shape);
        Assert.Equal(10, set.Training.Classes);
        Assert.All(set.Training.CountByClass([.. Enumerable.Range(0, 10_000)]), count => Assert.Equal(1_000, count));
    }

    [Fact]
    public void Seed_decides_every_pixel()
    {
        var one = Glyphs.Create(20, 10, seed: 3);
        var same = Glyphs.Create(30, 10, seed: 3);
        var other = Glyphs.Create(20, 10, seed: 4);

        Assert.Equal(one.Training.Pixels(19).ToArray(), same.Training.Pixels(19).ToArray());
        Assert.NotEqual(one.Training.Pixels(19).ToArray(), other.Training.Pixels(19).ToArray());
        Assert.NotEqual(one.Training.Pixels(9).ToArray(), one.Test.Pixels(9).ToArray());
    }

    [Fact]
    public void Training_images_have_mean_zero_and_deviation_one_once_normalised()
    {
        var set = Glyphs.Create(200, 10, seed: 1).Training;

        using var inputs = set.Inputs([.. Enumerable.Range(0, 200)]);
        var values = inputs.data<float>().ToArray();

        Assert.Equal(0, values.Average(), 1e-4);
        Assert.Equal(1, Math.Sqrt(values.Average(value => (double)value * value)), 1e-4);
    }

    [Fact]
    public void Convolutional_network_is_far_better_than_a_linear_model()
    {
        // The set exists to show what federated training of a real network does: a linear model must not be enough.
        var set = Glyphs.Shared;
        var linear = Accuracy(set, new Linear(set.Training.Shape, set.Training.Classes), epochs: 3, learningRate: 0.01);
        var convolutional = Accuracy(set, NetworkCatalogue.Get("cnn"), epochs: 2, learningRate: 0.02);

        Assert.True(convolutional > 0.9, $"The convolutional network reached {convolutional:P1}.");
        Assert.True(convolutional > linear + 0.08, $"Linear {linear:P1}, convolutional {convolutional:P1}.");
    }

    private static double Accuracy(DataSet set, INetwork network, int epochs, double learningRate)
    {
        var half = Enumerable.Range(0, set.Training.Count / 2).ToArray();
        var start = network.Initialize(1);
        var recipe = new TrainingRecipe(epochs, BatchSize: 50, learningRate, Momentum: 0.9);
        var update = LocalTraining.Run(network, start, set.Training, half, recipe, seed: 1);
        return Evaluation.Measure(network, start.Add(update.Delta), set.Test).Accuracy;
    }
}
