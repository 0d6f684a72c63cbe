using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;

namespace FedActors.Models.Tests.Staleness.Inversion;

public sealed class UpdateInversionTests
{
    private const int Classes = 4;

    private static readonly INetwork Network = new Linear(new ImageShape(1, 2, 2), Classes);
    private static readonly ImageSet Images = SmallImages.Random(12, Classes);
    private static readonly InputRange Range = InputRange.Of(Images);
    private static readonly TrainingRecipe Recipe = new(3, null, 0.1);
    private static readonly UnrolledDescent Descent = UnrolledDescent.For(Recipe, 12);
    private static readonly ParameterVector Start = Gaussian.Vector(Network.Layout.Count, 2).Scale(0.3);
    private static readonly ParameterVector Target = Trained(Start, Images);

    private static readonly InversionRecipe Search = new()
    {
        Images = 6,
        Cold = new InversionSchedule(200, 0.1, Patience: 200, Progress: 0),
        Warm = new InversionSchedule(30, 0.1, Patience: 30, Progress: 0),
    };

    [Theory]
    [InlineData(Disparity.L1)]
    [InlineData(Disparity.L2)]
    [InlineData(Disparity.Cosine)]
    public void Data_are_found_that_cause_nearly_the_same_update(Disparity disparity)
    {
        var result = Invert(Search with { Disparity = disparity });

        Assert.True(result.Explains);
        Assert.InRange(result.Disparity, 0, 0.1 * result.Nothing);
        Assert.True(result.Disparity < result.FirstDisparity);
        Assert.InRange(result.Iterations, 1, 200);

        // What is said of them is true of them.
        var replayed = result.Reconstruction.UpdateFrom(Network, Start, Descent);
        Assert.Equal(result.Disparity, DisparityMeasure.Between(disparity, replayed, Target), 1e-4 * result.Nothing);
    }

    [Fact]
    public void The_estimate_is_nearer_to_the_fresh_update_than_the_stale_one_is()
    {
        var today = Start.Add(Target.Scale(6));

        var estimate = Invert(Search).Reconstruction.UpdateFrom(Network, today, Descent);

        var fresh = Trained(today, Images);
        Assert.True(estimate.Subtract(fresh).L1Norm() < Target.Subtract(fresh).L1Norm());
    }

    [Fact]
    public void Inputs_stay_where_valid_inputs_lie()
    {
        var inputs = Invert(Search with { Cold = Search.Cold with { Rate = 1 } }).Reconstruction.Inputs.ToArray();

        // The first guess is not clamped, but it is not the best for long.
        Assert.All(inputs, value => Assert.InRange(value, Range.Lowest[0], Range.Highest[0]));
    }

    [Fact]
    public void A_warm_search_begins_nearer_than_a_cold_one_and_needs_fewer_iterations()
    {
        var cold = Invert(Search);
        var later = Start.Add(Target);
        var target = Trained(later, Images);

        var warm = Invert(Search, warm: cold.Next, start: later, target: target);
        var again = Invert(Search, start: later, target: target);

        Assert.True(warm.FirstDisparity < 0.5 * again.FirstDisparity);
        Assert.InRange(warm.Iterations, 1, 30);
        Assert.True(warm.Disparity < Invert(Search with { Cold = Search.Warm }, start: later, target: target).Disparity);
    }

    [Fact]
    public void A_warm_search_remembers_the_size_of_the_update_that_the_cold_one_was_for()
    {
        var cold = Invert(Search);
        var warm = Invert(Search, warm: cold.Next, target: Target.Scale(0.75));

        Assert.Equal(cold.Nothing, cold.Next.ColdSize);
        Assert.Equal(cold.Nothing, warm.Next.ColdSize);
        Assert.Equal(0.75 * cold.Nothing, warm.Nothing, 1e-6 * cold.Nothing);
    }

    [Fact]
    public void Warm_data_worse_than_none_at_all_are_not_used()
    {
        var cold = Invert(Search);
        var other = Target.Scale(-1);

        var result = Invert(Search, warm: cold.Next, target: other);

        Same(Invert(Search, target: other), result);
    }

    [Fact]
    public void Warm_data_of_another_shape_are_not_used() =>
        Same(Invert(Search), Invert(Search, warm: new WarmStart(Reconstruction.Draw(Network, 5, 1), 1)));

    [Fact]
    public void Patience_ends_a_search_that_no_longer_gets_on()
    {
        var impatient = Invert(Search with { Cold = new InversionSchedule(200, 0.1, Patience: 3, Progress: 0.5) });

        Assert.InRange(impatient.Iterations, 4, 60);
    }

    [Fact]
    public void The_step_size_falls_at_three_five_and_seven_eighths()
    {
        var stages = new InversionSchedule(16, 1, 1, 0).Stages().ToArray();

        Assert.Equal([6, 4, 4, 2], stages.Select(stage => stage.Iterations));
        Assert.Equal([1, 0.3, 0.09, 0.027], stages.Select(stage => Math.Round(stage.Rate, 12)));
        for (var iterations = 1; iterations < 40; iterations++)
        {
            Assert.Equal(iterations, new InversionSchedule(iterations, 1, 1, 0).Stages().Sum(stage => stage.Iterations));
        }
    }

    [Fact]
    public void Only_the_kept_coordinates_are_compared()
    {
        var result = Invert(Search with { Keep = 0.3 });
        var mask = Target.TopMagnitudeMask(0.3).ToVector();

        Assert.Equal(Target.Multiply(mask).L1Norm(), result.Nothing, 1e-6);
        var replayed = result.Reconstruction.UpdateFrom(Network, Start, Descent);
        Assert.Equal(result.Disparity, replayed.Subtract(Target).Multiply(mask).L1Norm(), 1e-4 * result.Nothing);
        Assert.InRange(result.Disparity, 0, 0.1 * result.Nothing);
    }

    [Fact]
    public void The_same_seed_finds_the_same_bits_and_another_seed_others()
    {
        Same(Invert(Search), Invert(Search));
        Assert.NotEqual(Invert(Search).Reconstruction, Invert(Search, seed: 2).Reconstruction);
    }

    [Fact]
    public async Task Searches_beside_each_other_find_the_same_bits()
    {
        var alone = Invert(Search);
        var beside = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Invert(Search))));

        Assert.All(beside, result => Same(alone, result));
    }

    [Fact]
    public void A_search_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            new UpdateInversion(Network, Search, Range).Run(Start, Target, Descent, null, 1, cancelled.Token));
    }

    [Fact]
    public void An_update_of_zero_is_explained_by_nothing()
    {
        var result = Invert(Search with { Cold = Search.Cold with { Iterations = 5 } }, target: ParameterVector.Zeros(Target.Length));

        Assert.Equal(0, result.Nothing);
        Assert.False(result.Explains);
    }

    [Fact]
    public void An_impossible_recipe_is_refused()
    {
        InversionRecipe[] impossible =
        [
            Search with { Images = 0 }, Search with { Keep = 0 }, Search with { Keep = 1.5 }, Search with { Keep = double.NaN },
            Search with { Cold = Search.Cold with { Iterations = 0 } }, Search with { Warm = Search.Warm with { Patience = 0 } },
            Search with { Warm = Search.Warm with { Rate = 0 } }, Search with { Cold = Search.Cold with { Progress = 1 } },
        ];

        Assert.All(impossible, recipe => Assert.Throws<ArgumentOutOfRangeException>(() => Invert(recipe)));
    }

    private static InversionResult Invert(
        InversionRecipe recipe, WarmStart? warm = null, ParameterVector? start = null, ParameterVector? target = null, ulong seed = 1) =>
        new UpdateInversion(Network, recipe, Range).Run(start ?? Start, target ?? Target, Descent, warm, seed);

    private static void Same(InversionResult expected, InversionResult actual)
    {
        Assert.Equal(expected.Reconstruction, actual.Reconstruction);
        Assert.Equal(
            (expected.FirstDisparity, expected.Disparity, expected.Iterations), (actual.FirstDisparity, actual.Disparity, actual.Iterations));
    }

    private static ParameterVector Trained(ParameterVector start, ImageSet images) =>
        LocalTraining.Run(Network, start, images, Enumerable.Range(0, images.Count).ToArray(), Recipe, seed: 1).Delta;
}
