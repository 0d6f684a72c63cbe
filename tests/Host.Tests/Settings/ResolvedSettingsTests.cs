using FedActors.Actors.Devices;
using FedActors.Host.Settings;
using FedActors.Host.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Host.Tests.Settings;

public sealed class ResolvedSettingsTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    public static TheoryData<string> ShippedFiles() => [.. Repository.SettingsFiles()];

    /// <summary>Values that each key may have; a random choice of them makes random valid settings.</summary>
    private static readonly (string Key, string[] Values)[] Choices =
    [
        ("name", ["a", "A-1_b.c", "0"]),
        ("seed", ["0", "18446744073709551615"]),
        ("rounds", ["1", "2147483647"]),
        ("clock", ["virtual", "wall"]),
        ("round-duration", ["1ms", "2.5 s", "1 minute"]),
        ("data.set", ["glyphs", "mnist", "cifar10"]),
        ("data.path", ["/data here/with \"quotes\"", "C:\\data", "relative/path", "/plain"]),
        ("data.partition", ["iid", "label-sorted", "dirichlet"]),
        ("data.alpha", ["1e-3", "0.5", "100"]),
        ("data.clients", ["20", "1000"]),
        ("data.samples-per-client", ["all", "1", "600"]),
        ("data.drift.set", ["none", "inverted"]),
        ("data.drift.rate", ["0.5", "2"]),
        ("data.drift.rotation", ["0", "90", "180", "270"]),
        ("network", ["mlp", "resnet8"]),
        ("device", ["auto", "cpu", "cuda", "cuda:3"]),
        ("training.batch-size", ["full", "1", "64"]),
        ("training.learning-rate", ["0.05", "1E-2"]),
        ("selection.per-round", ["1", "20"]),
        ("cadence.deadline", ["none", "3 rounds", "90s"]),
        ("devices.trace", ["none", "/traces/a b.csv", "relative.csv"]),
        ("devices.jitter.distribution", ["none", "uniform", "log-normal"]),
        ("devices.jitter.spread", ["0", "1"]),
        ("devices.jitter.sigma", ["0", "1.5"]),
        ("devices.jitter.of", ["assignment", "device"]),
        ("devices.slow.choose", ["none", "most-of-class", "random"]),
        ("devices.slow.count", ["all", "3"]),
        ("devices.slow.clients", ["[]", "[0]", "[19, 3, 7]"]),
        ("devices.slow.latency", ["0", "1 round", "40 rounds", "1h"]),
        ("devices.dropout.crash", ["0", "0.999"]),
        ("cadence.policy", ["rounds", "synchronous", "buffered", "immediate"]),
        ("cadence.buffer", ["1", "10"]),
        ("selection.concurrency", ["none", "1", "20"]),
        ("selection.over-selection", ["1", "1.0"]),
        ("staleness.policy", [
            "fresh", "none", "drop", "constant", "polynomial", "hinge", "exponential", "first-order", "weight-prediction", "tiers",
            "gradient-inversion"]),
        ("staleness.drop.limit", ["0", "40"]),
        ("staleness.first-order.lambda", ["0", "0.04"]),
        ("staleness.weight-prediction.window", ["1", "10"]),
        ("staleness.tiers.count", ["1", "5"]),
        ("staleness.gradient-inversion.images", ["1", "32"]),
        ("staleness.gradient-inversion.disparity", ["l1", "l2", "cosine"]),
        ("staleness.gradient-inversion.keep", ["1.0", "0.05"]),
        ("staleness.gradient-inversion.every-batch", ["on", "off"]),
        ("staleness.gradient-inversion.cold.iterations", ["1", "150"]),
        ("staleness.gradient-inversion.warm.rate", ["0.1", "1e-3"]),
        ("staleness.gradient-inversion.uniqueness.enabled", ["on", "off"]),
        ("staleness.gradient-inversion.uniqueness.margin", ["0.5", "1.2"]),
        ("staleness.gradient-inversion.switch-back.enabled", ["on", "off"]),
        ("staleness.gradient-inversion.switch-back.over", ["1", "20"]),
        ("staleness.gradient-inversion.budget", ["1ms", "30s"]),
        ("staleness.gradient-inversion.fallback", ["none", "drop", "exponential", "first-order"]),
        ("staleness.discount", ["update", "weight"]),
        ("acceptance.max-norm", ["none", "12.5"]),
        ("aggregation.rule", ["mean", "sample-weighted-mean", "median", "trimmed-mean"]),
        ("aggregation.of", ["updates", "models"]),
        ("aggregation.server-optimizer", ["none", "momentum", "adam", "yogi"]),
        ("aggregation.server.rate", ["auto", "0.3"]),
        ("evaluation.every", ["1", "7 rounds"]),
        ("evaluation.watch-class", ["none", "0"]),
        ("akka.loglevel", ["DEBUG", "OFF"]),
    ];

    [Fact]
    public void Random_valid_settings_survive_writing_and_reading() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(20_260_101, 1).WithQuietOnSuccess(true).WithMaxTest(200),
        Prop.ForAll(Overrides().ToArbitrary(), overrides =>
        {
            var first = Read(null, overrides);

            _host.Write("config.conf", first.Resolved);
            var second = Read("config.conf");

            Assert.Equal(first.Resolved, second.Resolved);
            Assert.Equal(Comparable(first), Comparable(second));
        }));

    [Fact]
    public void The_defaults_survive_writing_and_reading()
    {
        var defaults = Read(null).Resolved;

        _host.Write("config.conf", defaults);

        Assert.Equal(defaults, Read("config.conf").Resolved);
    }

    [Fact]
    public void The_explained_defaults_are_themselves_a_settings_file_that_changes_nothing()
    {
        _host.Write("reference.conf", SettingsReader.ReferenceText());

        Assert.Equal(Read(null).Resolved, Read("reference.conf").Resolved);
    }

    [Fact]
    public void The_demos_file_is_the_demo() =>
        Assert.Equal(Read(null).Resolved, Read(Repository.File("config", "demo.conf")).Resolved);

    [Theory]
    [MemberData(nameof(ShippedFiles))]
    public void Every_shipped_file_is_valid(string file) => Assert.NotNull(Read(file));

    [Theory]
    [MemberData(nameof(ShippedFiles))]
    public void A_trace_that_a_shipped_file_names_is_valid_where_the_repository_is(string file)
    {
        if (new SettingsReader(Repository.File(), _host.Variable).Read(file, []).Federation.Devices.Trace is { } trace)
        {
            Assert.NotEmpty(TraceFile.Read(trace).Speeds);
        }
    }

    private static Gen<string[]> Overrides() => Gen.CollectToArray(Choices.Select(choice =>
        Gen.Elements(choice.Values).Select(value => $"{choice.Key}={value}")));

    /// <summary>Settings without what has no equality of its own.</summary>
    private static object Comparable(HostSettings settings)
    {
        var federation = settings.Federation;
        var slow = federation.Devices.Slow;
        return new
        {
            federation.Name,
            federation.Seed,
            federation.Rounds,
            federation.Clock,
            federation.RoundDuration,
            federation.Data,
            federation.Network,
            federation.Training,
            federation.Selection,
            federation.Cadence,
            federation.Devices.Latency,
            federation.Devices.Jitter,
            federation.Devices.Trace,
            Slow = slow with { Clients = default },
            SlowClients = string.Join(',', slow.Clients),
            federation.Devices.Dropout,
            Staleness = (federation.Staleness.Policy.ToString(), federation.Staleness.Discount),
            federation.Acceptance,
            Aggregation = (federation.Aggregation.Rule.Name, federation.Aggregation.ServerOptimizer.Name, federation.Aggregation.Contribution),
            federation.Evaluation,
            federation.Journal,
            Engine = settings.Engine.GetString("akka.loglevel"),
        };
    }

    private HostSettings Read(string? file, IReadOnlyList<string>? overrides = null) =>
        new SettingsReader(_host.Directory, _host.Variable).Read(file, overrides ?? []);
}
