using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Devices.Latency;

public sealed class LatencyModelTests
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    private static readonly SlowDeviceSettings SecondIsSlow = new(SlowChoice.List, 0, null, [1], Late);

    private static readonly JitterSettings Jitter = new(JitterDistribution.LogNormal, 0.5, 0.5, JitterScope.Assignment);

    private static readonly DeviceTrace Trace = new([new DeviceSpeed(4, 1e6, 2e5, 0.25), new DeviceSpeed(1, 1e6, 1e6, 0)]);

    [Fact]
    public void A_device_of_a_trace_takes_its_time_to_fetch_train_and_send()
    {
        var settings = Traced(Small.Settings.Devices);
        var plan = Plan(settings with { Training = settings.Training with { Epochs = 3 } });
        var bytes = 4.0 * plan.Network.Layout.Count;

        // Ten images three times at 4 a second, and the model in both directions; then the second line, then the first again.
        Assert.Equal(7.5 + (bytes / 1e6) + (bytes / 2e5) + 0.25, plan.LatencyOf(0, 1).TotalSeconds, 1e-6);
        Assert.Equal(30 + (2 * bytes / 1e6), plan.LatencyOf(1, 1).TotalSeconds, 1e-6);
        Assert.Equal(plan.LatencyOf(0, 1), plan.LatencyOf(2, 1));
    }

    [Fact]
    public void A_slow_client_keeps_its_latency_under_a_trace() =>
        Assert.Equal(Late, Plan(Traced(Small.Settings.Devices with { Slow = SecondIsSlow })).LatencyOf(1, 1));

    [Fact]
    public void Jitter_multiplies_the_latency_of_every_client_and_leaves_the_typical_one()
    {
        var plan = Plan(Devices(Small.Settings.Devices with
        {
            Latency = TimeSpan.FromSeconds(1),
            Slow = SecondIsSlow,
            Jitter = Jitter,
        }));
        var jitter = new LatencyJitter(plan.Settings.Seed, Jitter);

        Assert.All(Enumerable.Range(1, 100), id =>
        {
            Assert.Equal(jitter.Of(0, id), plan.LatencyOf(0, id).TotalSeconds, 1e-6);
            Assert.Equal(5 * jitter.Of(1, id), plan.LatencyOf(1, id).TotalSeconds, 1e-6);
        });
        Assert.Equal((1.0, 5.0), (plan.TypicalLatencyOf(0).TotalSeconds, plan.TypicalLatencyOf(1).TotalSeconds));
    }

    [Fact]
    public void What_was_drawn_for_a_device_is_typical_of_it()
    {
        var plan = Plan(Devices(Small.Settings.Devices with
        {
            Latency = TimeSpan.FromSeconds(1),
            Jitter = Jitter with { Of = JitterScope.Device },
        }));

        Assert.All(Enumerable.Range(0, 6), client => Assert.Equal(plan.TypicalLatencyOf(client), plan.LatencyOf(client, 9)));
        Assert.Equal(6, Enumerable.Range(0, 6).Select(plan.TypicalLatencyOf).Distinct().Count());
    }

    [Fact]
    public void The_reference_policy_knows_no_latency_under_any_model()
    {
        var plan = Plan(Traced(Small.Settings.Devices with { Slow = SecondIsSlow, Jitter = Jitter }).With(new Fresh()));

        Assert.All(Enumerable.Range(0, 6), client =>
        {
            Assert.Equal(TimeSpan.Zero, plan.LatencyOf(client, 1));
            Assert.Equal(TimeSpan.Zero, plan.TypicalLatencyOf(client));
        });
    }

    [Fact]
    public void However_far_a_draw_lies_out_a_latency_is_a_time()
    {
        var endless = Devices(Small.Settings.Devices with { Latency = Late, Jitter = Jitter with { Sigma = 1e6 } });
        var latencies = Enumerable.Range(1, 100).Select(id => Plan(endless).LatencyOf(0, id)).ToArray();
        var crawling = FederationPlan.Create(Traced(Small.Settings.Devices), Small.Data, new DeviceTrace([new DeviceSpeed(1e-300, 1, 1, 0)]));

        Assert.Contains(LatencyModel.Longest, latencies);
        Assert.Contains(TimeSpan.Zero, latencies);
        Assert.Equal(LatencyModel.Longest, crawling.LatencyOf(0, 1));
    }

    [Fact]
    public void The_fingerprint_covers_jitter_and_what_the_trace_says_but_not_where_it_lies()
    {
        var own = Plan(Traced(Small.Settings.Devices)).Fingerprint;
        var moved = Traced(Small.Settings.Devices) with { Devices = Small.Settings.Devices with { Trace = "elsewhere.csv" } };
        var other = new DeviceTrace([Trace.Speeds[0]]);

        Assert.Equal(own, Plan(moved).Fingerprint);
        Assert.NotEqual(own, Small.Plan().Fingerprint);
        Assert.NotEqual(own, FederationPlan.Create(moved, Small.Data, other).Fingerprint);
        Assert.NotEqual(own, Plan(Traced(Small.Settings.Devices with { Jitter = Jitter })).Fingerprint);
    }

    [Fact]
    public void A_plan_without_the_trace_that_the_settings_name_is_refused() => Assert.Contains(
        "t.csv", Assert.Throws<ArgumentException>(() => Small.Plan(Traced(Small.Settings.Devices))).Message, StringComparison.Ordinal);

    private static FederationSettings Devices(DeviceSettings devices) => Small.Settings with { Devices = devices };

    private static FederationSettings Traced(DeviceSettings devices) => Devices(devices with { Trace = "t.csv" });

    private static FederationPlan Plan(FederationSettings settings) =>
        FederationPlan.Create(settings, Small.Data, settings.Devices.Trace is null ? null : Trace);
}
