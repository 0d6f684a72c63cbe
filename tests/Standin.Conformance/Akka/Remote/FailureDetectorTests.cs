using Akka.Configuration;
using Akka.Remote;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class FailureDetectorTests : ActorConformance
{
    private long _now = 1_000_000;

    [Fact]
    public void Before_the_first_heartbeat_all_is_well()
    {
        var detector = Phi();
        _now += 1_000_000;

        Assert.True(detector.IsAvailable);
        Assert.False(detector.IsMonitoring);
    }

    [Fact]
    public void Regular_heartbeats_keep_it_available()
    {
        var detector = Phi();
        Beat(detector, times: 100, every: 1000);

        Assert.True(detector.IsMonitoring);
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void Silence_makes_it_unavailable_and_a_heartbeat_available_again()
    {
        var detector = Phi();
        Beat(detector, times: 100, every: 1000);

        _now += 10_000;
        Assert.False(detector.IsAvailable);

        detector.HeartBeat();
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void A_single_heartbeat_does_not_keep_it_available_for_ever()
    {
        var detector = Phi();
        detector.HeartBeat();

        _now += 500;
        Assert.True(detector.IsAvailable);
        _now += 60_000;
        Assert.False(detector.IsAvailable);
    }

    // With a mean of 1000 ms, a deviation of 100 ms and a pause of 3000 ms, the suspicion reaches 8 at 5.6 deviations: 4560 ms.
    [Theory]
    [InlineData(3000, true)]
    [InlineData(4400, true)]
    [InlineData(4700, false)]
    public void The_suspicion_passes_its_threshold_where_the_formula_says(int silence, bool isAvailable)
    {
        var detector = Phi(pause: 3000);
        Beat(detector, times: 1000, every: 1000);

        _now += silence;

        Assert.Equal(isAvailable, detector.IsAvailable);
    }

    [Fact]
    public void Irregular_heartbeats_make_it_more_patient()
    {
        var regular = Phi();
        Beat(regular, times: 100, every: 1000);
        _now += 2_000;
        var regularIsAvailable = regular.IsAvailable;

        var irregular = Phi();
        for (var i = 0; i < 50; i++)
        {
            Beat(irregular, times: 1, every: 400);
            Beat(irregular, times: 1, every: 1_600);
        }

        _now += 2_000;

        Assert.False(regularIsAvailable);
        Assert.True(irregular.IsAvailable);
    }

    [Fact]
    public void The_pause_of_a_failure_does_not_make_it_patient()
    {
        var detector = Phi();
        Beat(detector, times: 20, every: 1000);
        Beat(detector, times: 1, every: 600_000);
        Beat(detector, times: 3, every: 1000);

        _now += 10_000;

        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void A_deadline_is_the_pause_and_one_interval()
    {
        var detector = new DeadlineFailureDetector(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), () => _now);
        Assert.True(detector.IsAvailable);
        detector.HeartBeat();

        _now += 3_999;
        Assert.True(detector.IsAvailable);
        _now += 1;
        Assert.False(detector.IsAvailable);
        detector.HeartBeat();
        Assert.True(detector.IsAvailable);
    }

    [Fact]
    public void A_registry_judges_each_on_its_own()
    {
        var registry = new DefaultFailureDetectorRegistry<string>(() => Phi());
        registry.Heartbeat("a");
        _now += 60_000;
        registry.Heartbeat("b");

        Assert.False(registry.IsAvailable("a"));
        Assert.True(registry.IsAvailable("b"));
        Assert.True(registry.IsAvailable("unknown"));
        Assert.True(registry.IsMonitoring("a"));
        Assert.False(registry.IsMonitoring("unknown"));

        registry.Remove("a");
        Assert.True(registry.IsAvailable("a"));
        registry.Reset();
        Assert.False(registry.IsMonitoring("b"));
    }

    [Fact]
    public void A_detector_is_made_from_its_settings()
    {
        var config = ConfigurationFactory.ParseString(
            """
            threshold = 8
            max-sample-size = 10
            min-std-deviation = 100 ms
            acceptable-heartbeat-pause = 1 s
            heartbeat-interval = 1 s
            """);

        var detector = FailureDetectorLoader.Load("Akka.Remote.PhiAccrualFailureDetector, Akka.Remote", config, Sys);

        Assert.IsType<PhiAccrualFailureDetector>(detector);
        Assert.Throws<ConfigurationException>(() => FailureDetectorLoader.Load("No.Such.Detector, Nowhere", config, Sys));
    }

    private PhiAccrualFailureDetector Phi(int pause = 0) => new(
        threshold: 8,
        maxSampleSize: 1000,
        minStdDeviation: TimeSpan.FromMilliseconds(100),
        acceptableHeartbeatPause: TimeSpan.FromMilliseconds(pause),
        firstHeartbeatEstimate: TimeSpan.FromSeconds(1),
        clock: () => _now);

    private void Beat(FailureDetector detector, int times, int every)
    {
        for (var i = 0; i < times; i++)
        {
            _now += every;
            detector.HeartBeat();
        }
    }
}
