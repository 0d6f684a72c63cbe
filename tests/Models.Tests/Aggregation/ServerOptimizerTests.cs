using FedActors.Models.Aggregation;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Aggregation;

public sealed class ServerOptimizerTests
{
    private static readonly IServerOptimizer[] Optimizers =
        [new NoServerOptimizer(), new MomentumServerOptimizer(), new AdamServerOptimizer(), new YogiServerOptimizer()];

    [Fact]
    public void None_adds_the_aggregate()
    {
        Properties.Hold(Properties.FloatPairs, pair =>
        {
            var (current, aggregate) = (ParameterVector.FromSpan(pair.First), ParameterVector.FromSpan(pair.Second));
            var optimizer = new NoServerOptimizer();

            Assert.Equal(current.Add(aggregate), optimizer.Step(current, aggregate, optimizer.Initial(current.Length)).Next);
        });
    }

    [Fact]
    public void Updates_of_zero_leave_the_model_as_it_is()
    {
        // A known mistake: adding whole client weights where deltas were meant would double the model here.
        Properties.Hold(Properties.Floats, values =>
        {
            var current = ParameterVector.FromSpan(values);
            var zero = new WeightedUpdate(ParameterVector.Zeros(values.Length), 1, 1);
            var aggregate = new MeanRule().Combine([zero, zero], DiscountTarget.Update);

            Assert.All(Optimizers, optimizer =>
                Assert.Equal(current, optimizer.Step(current, aggregate, optimizer.Initial(values.Length)).Next));
        });
    }

    [Fact]
    public void Updates_from_different_bases_are_added_to_the_current_model()
    {
        // A known mistake: averaging client models instead of deltas would drag the model back to the older base.
        var (oldBase, current) = (One(1), One(10));
        var stale = new WeightedUpdate(One(3).Subtract(oldBase), 1, 1);
        var fresh = new WeightedUpdate(One(14).Subtract(current), 1, 1);
        var aggregate = new MeanRule().Combine([stale, fresh], DiscountTarget.Update);
        var optimizer = new NoServerOptimizer();

        Assert.Equal(One(13), optimizer.Step(current, aggregate, optimizer.Initial(1)).Next);
    }

    [Fact]
    public void Momentum_of_zero_equals_none()
    {
        Properties.Hold(Properties.FloatPairs, pair =>
        {
            var (current, aggregate) = (ParameterVector.FromSpan(pair.First), ParameterVector.FromSpan(pair.Second));
            var optimizer = new MomentumServerOptimizer(momentum: 0);
            var (once, state) = optimizer.Step(current, aggregate, optimizer.Initial(current.Length));
            var (twice, _) = optimizer.Step(once, aggregate, state);

            Assert.Equal(current.Add(aggregate).Add(aggregate), twice);
        });
    }

    [Fact]
    public void Momentum_carries_earlier_aggregates_on()
    {
        var optimizer = new MomentumServerOptimizer(rate: 2, momentum: 0.5);
        var (first, state) = optimizer.Step(One(0), One(1), optimizer.Initial(1));
        var (second, _) = optimizer.Step(first, One(1), state);

        Assert.Equal([2], first.ToArray());
        Assert.Equal([5], second.ToArray());
    }

    [Fact]
    public void Adam_follows_its_formula()
    {
        var optimizer = new AdamServerOptimizer(rate: 0.1, firstDecay: 0.9, secondDecay: 0.99, adaptivity: 1e-3);
        var (next, state) = optimizer.Step(One(1), One(2), optimizer.Initial(1));

        var first = 0.1 * 2;
        var second = (0.99 * 1e-6) + (0.01 * 4);
        Assert.Equal(1 + (0.1 * first / (Math.Sqrt(second) + 1e-3)), next.Span[0], 1e-6);
        Assert.Equal(first, state.Moments[0].Span[0], 1e-6);
        Assert.Equal(second, state.Moments[1].Span[0], 1e-6);
    }

    [Fact]
    public void Yogi_lets_its_second_moment_fall_only_slowly()
    {
        var optimizer = new YogiServerOptimizer(secondDecay: 0.99);
        var large = new ServerOptimizerState(1, [One(0), One(4)]);
        var small = new ServerOptimizerState(1, [One(0), One(0.25f)]);

        Assert.Equal(4 - (0.01 * 1), optimizer.Step(One(0), One(1), large).State.Moments[1].Span[0], 1e-6);
        Assert.Equal(0.25 + (0.01 * 1), optimizer.Step(One(0), One(1), small).State.Moments[1].Span[0], 1e-6);
    }

    [Fact]
    public void Steps_are_pure_so_that_a_saved_state_repeats_them()
    {
        Properties.Hold(Properties.FloatPairs, pair => Assert.All(Optimizers, optimizer =>
        {
            var (current, aggregate) = (ParameterVector.FromSpan(pair.First), ParameterVector.FromSpan(pair.Second));
            var (_, state) = optimizer.Step(current, aggregate, optimizer.Initial(current.Length));
            var (next, after) = optimizer.Step(current, aggregate, state);
            var (again, afterAgain) = optimizer.Step(current, aggregate, state with { Moments = [.. state.Moments] });

            Assert.Equal(next, again);
            Assert.Equal(after.Moments.ToArray(), afterAgain.Moments.ToArray());
            Assert.Equal(2, after.Steps);
        }), count: 20);
    }

    [Fact]
    public void State_of_another_optimiser_or_length_is_refused()
    {
        Assert.All(Optimizers, optimizer =>
        {
            var wrongKind = new ServerOptimizerState(0, [One(0), One(0), One(0)]);
            Assert.Throws<ArgumentException>(() => optimizer.Step(One(0), One(0), wrongKind));
            Assert.Throws<ArgumentException>(() => optimizer.Step(One(0), ParameterVector.Zeros(2), optimizer.Initial(1)));
        });
        Assert.Throws<ArgumentException>(() => new AdamServerOptimizer().Step(One(0), One(0), new AdamServerOptimizer().Initial(2)));
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoServerOptimizer(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumServerOptimizer(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamServerOptimizer(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new YogiServerOptimizer(0.01, 0.9, 0.99, 0));
    }

    private static ParameterVector One(float value) => ParameterVector.FromSpan([value]);
}
