using FedActors.Actors.Devices;
using FedActors.Actors.Settings;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Devices.Latency;

public sealed class LatencyJitterTests
{
    private const int Draws = 20_000;

    [Fact]
    public void A_draw_is_a_function_of_seed_client_and_assignment() => Properties.Hold(
        Gen.Choose(0, 1_000_000).Three(),
        draw =>
        {
            var (seed, client, assignment) = draw;
            var settings = LogNormal(1);

            var own = new LatencyJitter((ulong)seed, settings).Of(client, assignment);

            Assert.Equal(own, new LatencyJitter((ulong)seed, settings).Of(client, assignment));
            Assert.NotEqual(own, new LatencyJitter((ulong)seed + 1, settings).Of(client, assignment));
            Assert.NotEqual(own, new LatencyJitter((ulong)seed, settings).Of(client + 1, assignment));
            Assert.NotEqual(own, new LatencyJitter((ulong)seed, settings).Of(client, assignment + 1));
        });

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Uniform_factors_fill_their_bounds_evenly(double spread)
    {
        var factors = Factors(new JitterSettings(JitterDistribution.Uniform, spread, 0.5, JitterScope.Assignment));

        Assert.All(factors, factor => Assert.InRange(factor, 1 - spread, 1 + spread));

        // The mean of n draws of U(−s, s) deviates by s/√(3n); the mean of their squares, s²/3, by less than that. Five deviations are allowed.
        var tolerance = (5 * spread / Math.Sqrt(3.0 * Draws)) + 1e-12;
        Assert.Equal(1, factors.Average(), tolerance);
        Assert.Equal(spread * spread / 3, factors.Average(factor => (factor - 1) * (factor - 1)), tolerance);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    public void The_logarithms_of_log_normal_factors_are_normal(double sigma)
    {
        var factors = Factors(LogNormal(sigma));
        var logarithms = factors.Select(factor => Math.Log(factor)).ToArray();

        // The mean of n normal draws deviates by σ/√n, their median by √(π/2) times that, their variance by σ²√(2/n); the
        // mean of exp(σz) is exp(σ²/2) and deviates by √((exp(σ²)−1)·exp(σ²)/n). Five deviations are allowed.
        var unit = 5 / Math.Sqrt(Draws);
        Assert.Equal(0, logarithms.Average(), sigma * unit);
        Assert.Equal(0, Math.Log(factors.Order().ElementAt(Draws / 2)), Math.Sqrt(Math.PI / 2) * sigma * unit);
        Assert.Equal(sigma * sigma, logarithms.Average(value => value * value), Math.Sqrt(2) * sigma * sigma * unit);
        var variance = (Math.Exp(sigma * sigma) - 1) * Math.Exp(sigma * sigma);
        Assert.Equal(Math.Exp(sigma * sigma / 2), factors.Average(), Math.Sqrt(variance) * unit);
    }

    [Fact]
    public void A_factor_of_a_device_is_that_of_all_its_assignments()
    {
        var jitter = new LatencyJitter(1, LogNormal(1) with { Of = JitterScope.Device });
        var factors = Enumerable.Range(0, 100).Select(client => jitter.Of(client, 1)).ToArray();

        Assert.Equal(100, factors.Distinct().Count());
        Assert.All(Enumerable.Range(0, 100), client =>
        {
            Assert.Equal(factors[client], jitter.Of(client, client + 7));
            Assert.Equal(factors[client], jitter.Typical(client));
        });
    }

    [Fact]
    public void A_factor_of_assignments_has_the_median_one()
    {
        Assert.Equal(1, new LatencyJitter(1, LogNormal(1)).Typical(3));
        Assert.Equal(1, new LatencyJitter(1, JitterSettings.None).Of(3, 4));
    }

    private static JitterSettings LogNormal(double sigma) => new(JitterDistribution.LogNormal, 0.5, sigma, JitterScope.Assignment);

    private static double[] Factors(JitterSettings settings)
    {
        var jitter = new LatencyJitter(5, settings);
        return [.. Enumerable.Range(0, Draws).Select(draw => jitter.Of(draw % 100, draw / 100))];
    }
}
