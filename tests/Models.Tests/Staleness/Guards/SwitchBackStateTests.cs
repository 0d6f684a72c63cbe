using FedActors.Models.Randomness;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Models.Tests.Staleness.Guards;

public sealed class SwitchBackStateTests
{
    private const int Delay = 40;
    private const double Slope = 0.008;

    private static readonly SwitchBackGuard Guard = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_crossing_of_a_rising_ratio_is_found_although_comparisons_are_late_and_noisy(int seed)
    {
        var switched = Play(Guard, version => Slope * (version - 250), noise: 0.1, (ulong)seed).SwitchedAt;

        Assert.NotNull(switched);

        // The fit is followed over 70 versions; noise in its slope makes that some versions either way.
        Assert.InRange(switched.Value, 250 - 20, 250 + 20);
    }

    [Fact]
    public void Without_noise_the_crossing_is_found_at_once() =>
        Assert.InRange(Play(Guard, version => Slope * (version - 250), noise: 0).SwitchedAt!.Value, 249, 252);

    [Fact]
    public void While_estimates_are_nearer_there_is_no_switch() =>
        Assert.Null(Play(Guard, _ => -0.5, noise: 0.3).SwitchedAt);

    [Fact]
    public void Estimates_that_get_better_are_not_trusted_beyond_what_was_seen()
    {
        var state = Play(Guard, version => 1 - (0.01 * version), noise: 0, until: 75);

        // From version 0 to 34 the ratio was above 1, and no falling line is followed below what was measured.
        Assert.NotNull(state.SwitchedAt);
    }

    [Fact]
    public void Over_too_short_a_span_nothing_is_decided_however_clear_it_seems()
    {
        var comparisons = Enumerable.Range(0, 50).Select(index => new ErrorComparison(100 + (index % 30), 5));
        var state = SwitchBackState.Initial.After(Guard, comparisons, 170);

        Assert.Null(state.Ratio);
        Assert.Null(state.SwitchedAt);

        state = state.After(Guard, [new ErrorComparison(130, 5)], 171);
        Assert.Equal(Math.Exp(5), state.Ratio!.Value, 1e-6);
        Assert.Equal(171, state.SwitchedAt);
    }

    [Fact]
    public void With_too_few_comparisons_nothing_is_decided()
    {
        var nine = Enumerable.Range(0, 9).Select(index => new ErrorComparison(100 + (5 * index), 5)).ToArray();

        Assert.Null(SwitchBackState.Initial.After(Guard, nine, 170).SwitchedAt);
        Assert.Equal(170, SwitchBackState.Initial.After(Guard, [.. nine, new ErrorComparison(145, 5)], 170).SwitchedAt);
    }

    [Fact]
    public void What_falls_out_of_the_window_no_longer_counts()
    {
        var old = Enumerable.Range(0, 60).Select(version => new ErrorComparison(version, 5));
        var late = Enumerable.Range(61, 60).Select(version => new ErrorComparison(version, -1));

        var state = SwitchBackState.Initial.After(null, old, 60).After(Guard, late, 121);

        Assert.Equal(60, state.Comparisons.Length);
        Assert.Equal(Math.Exp(-1), state.Ratio!.Value, 1e-9);
        Assert.Null(state.SwitchedAt);
    }

    [Fact]
    public void Once_begun_the_switch_stays()
    {
        var state = Play(Guard, version => Slope * (version - 250), noise: 0);
        var better = Enumerable.Range(400, 60).Select(version => new ErrorComparison(version, -3));

        Assert.Equal(state.SwitchedAt, state.After(Guard, better, 460).SwitchedAt);
    }

    [Fact]
    public void The_weight_of_estimates_falls_in_equal_steps_to_zero()
    {
        var guard = Guard with { Over = 20 };
        var state = SwitchBackState.Initial with { SwitchedAt = 100 };

        Assert.Equal(1, SwitchBackState.Initial.Weight(guard, 5_000));
        Assert.Equal(1, state.Weight(guard, 99));
        for (var version = 100; version < 120; version++)
        {
            Assert.Equal(1 - ((version - 99) / 20.0), state.Weight(guard, version), 1e-12);
        }

        Assert.Equal(0, state.Weight(guard, 119));
        Assert.Equal(0, state.Weight(guard, 5_000));
    }

    [Fact]
    public void Without_the_guard_the_ratio_is_still_known_but_nothing_ever_switches()
    {
        var state = Play(null, _ => 2, noise: 0);

        Assert.Equal(Math.Exp(2), state.Ratio!.Value, 1e-9);
        Assert.Null(state.SwitchedAt);
        Assert.Equal(1, (state with { SwitchedAt = 3 }).Weight(null, 400));
    }

    [Fact]
    public void Without_any_comparison_nothing_changes() =>
        Assert.Same(SwitchBackState.Initial, SwitchBackState.Initial.After(Guard, [], 10));

    /// <summary>Two comparisons each version, of estimates that were made <see cref="Delay"/> versions ago.</summary>
    private static SwitchBackState Play(
        SwitchBackGuard? guard, Func<long, double> logRatio, double noise, ulong seed = 1, int until = 400)
    {
        var random = new SeededRandom(seed);
        var state = SwitchBackState.Initial;
        for (var now = Delay; now < until; now++)
        {
            var version = now - Delay;
            ErrorComparison Drawn() => new(version, logRatio(version) + (noise * random.NextGaussian()));
            state = state.After(guard, [Drawn(), Drawn()], now);
        }

        return state;
    }
}
