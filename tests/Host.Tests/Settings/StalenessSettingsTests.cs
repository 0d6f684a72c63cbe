using FedActors.Actors.Settings;
using FedActors.Host.Settings;
using FedActors.Host.Tests.Support;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Guards;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Host.Tests.Settings;

/// <summary>What the settings of asynchronous federations and of stale updates are resolved to.</summary>
public sealed class StalenessSettingsTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    public static TheoryData<string, string, string> Policies => new()
    {
        { "fresh", "name=a", "fresh" },
        { "none", "name=a", "none" },
        { "drop", "staleness.drop.limit=3", "drop(3)" },
        { "constant", "staleness.constant.factor=0.25", "constant(0.25)" },
        { "polynomial", "staleness.polynomial.exponent=2", "polynomial(2)" },
        { "hinge", "staleness.hinge.slope=3", "hinge(3, 4)" },
        { "exponential", "staleness.exponential.half-life=7", "exponential(7)" },
        { "first-order", "staleness.first-order.lambda=0.5", "first-order(0.5)" },
        { "weight-prediction", "staleness.weight-prediction.window=4", "weight-prediction(4)" },
        { "tiers", "staleness.tiers.count=5", "tiers(5)" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void Each_policy_is_read_with_its_parameters(string name, string parameter, string expected)
    {
        var policy = Read($"staleness.policy={name}", parameter).Staleness.Policy;

        Assert.Equal((name, expected), (policy.Name, policy.ToString()));
    }

    [Fact]
    public void The_defaults_of_gradient_inversion_are_those_of_its_classes()
    {
        var inversion = ReadInversion();

        // The file explains each default; a program that uses the classes must not get others.
        Assert.Equal(new GradientInversion().ToString(), inversion.ToString());
        Assert.Equal(new InversionRecipe(), inversion.Recipe);
        Assert.Equal(new UniquenessGuard(), inversion.Uniqueness);
        Assert.Equal(new SwitchBackGuard(), inversion.SwitchBack);
    }

    [Fact]
    public void Every_key_of_gradient_inversion_is_read()
    {
        const string Section = "staleness.gradient-inversion.";
        var inversion = ReadInversion([.. new[]
        {
            "images=3", "disparity=l2", "keep=0.05", "every-batch=on", "cold.iterations=7", "cold.rate=0.7", "cold.patience=5",
            "cold.progress=0.25", "warm.iterations=2", "warm.rate=0.2", "warm.patience=1", "warm.progress=0", "min-staleness=4",
            "uniqueness.window=6", "uniqueness.quantile=0.5", "uniqueness.margin=2", "uniqueness.min-neighbours=9",
            "switch-back.window=30", "switch-back.min-comparisons=5", "switch-back.over=3", "budget=2s", "fallback=drop",
        }.Select(setting => Section + setting)]);

        Assert.Equal(
            new InversionRecipe
            {
                Images = 3,
                Disparity = Disparity.L2,
                Keep = 0.05,
                EveryBatch = true,
                Cold = new InversionSchedule(7, 0.7, 5, 0.25),
                Warm = new InversionSchedule(2, 0.2, 1, 0),
            },
            inversion.Recipe);
        Assert.Equal(new UniquenessGuard { Window = 6, Quantile = 0.5, Margin = 2, MinNeighbours = 9 }, inversion.Uniqueness);
        Assert.Equal(new SwitchBackGuard { Window = 30, MinComparisons = 5, Over = 3 }, inversion.SwitchBack);
        Assert.Equal((4L, TimeSpan.FromSeconds(2)), (inversion.MinStaleness, inversion.Budget));
        Assert.IsType<Drop>(inversion.Fallback);
    }

    [Fact]
    public void Guards_can_be_switched_off()
    {
        var inversion = ReadInversion(
            "staleness.gradient-inversion.uniqueness.enabled=off", "staleness.gradient-inversion.switch-back.enabled=off");

        Assert.Null(inversion.Uniqueness);
        Assert.Null(inversion.SwitchBack);
    }

    [Fact]
    public void A_fallback_has_the_parameters_of_its_policy()
    {
        var inversion = ReadInversion("staleness.gradient-inversion.fallback=polynomial", "staleness.polynomial.exponent=3");

        Assert.Equal("polynomial(3)", inversion.Fallback.ToString());
    }

    [Fact]
    public void Asynchronous_cadences_and_selections_are_read()
    {
        var settings = Read("cadence.policy=buffered", "cadence.buffer=7", "selection.concurrency=30", "selection.per-round=10", "selection.over-selection=1.3");

        Assert.Equal(CadencePolicy.Buffered, settings.Cadence.Policy);
        Assert.Equal(7, settings.Cadence.ClosingBuffer);
        Assert.Equal(1, Read("cadence.policy=immediate", "cadence.buffer=7").Cadence.ClosingBuffer);
        Assert.Null(Read("cadence.policy=rounds", "cadence.buffer=7").Cadence.ClosingBuffer);
        Assert.Equal((30, 1.3, 13), (settings.Selection.Concurrency, settings.Selection.OverSelection, settings.Selection.Chosen));
        Assert.Null(Read("selection.concurrency=none").Selection.Concurrency);
    }

    [Fact]
    public void What_is_combined_is_read()
    {
        Assert.Equal(ContributionKind.Updates, Read().Aggregation.Contribution);
        Assert.Equal(ContributionKind.Models, Read("aggregation.of=models").Aggregation.Contribution);
    }

    [Theory]
    [InlineData("512KiB", 512L << 10)]
    [InlineData("1.5 MiB", 3L << 19)]
    [InlineData("0GiB", 0)]
    [InlineData("2TiB", 2L << 40)]
    public void A_size_is_read_with_its_unit(string text, long bytes) =>
        Assert.Equal(bytes, Read($"journal.version-memory={text}").Journal.VersionMemory);

    private GradientInversion ReadInversion(params string[] overrides) =>
        Assert.IsType<GradientInversion>(Read([.. overrides, "staleness.policy=gradient-inversion"]).Staleness.Policy);

    private FederationSettings Read(params string[] overrides) =>
        new SettingsReader(_host.Directory, _host.Variable).Read(null, overrides).Federation;
}
