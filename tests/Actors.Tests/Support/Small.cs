using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Models.Aggregation;
using FedActors.Models.Data;
using FedActors.Models.Parameters;
using FedActors.Models.Randomness;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Training;

namespace FedActors.Actors.Tests.Support;

/// <summary>A federation that trains in milliseconds: six clients with ten images each.</summary>
internal static class Small
{
    /// <summary>As near to "always" as a probability below 1 comes.</summary>
    public const double Always = 0.999999999;

    private static readonly Lazy<DataSet> Drawn = new(() => Glyphs.Create(training: 120, test: 30, seed: 1));

    public static readonly DropoutSettings NoDropout = new(
        Crash: 0,
        Offline: 0,
        OfflineFor: TimeSpan.FromSeconds(3),
        MaxRestarts: 3,
        MinBackoff: TimeSpan.FromMilliseconds(1),
        MaxBackoff: TimeSpan.FromMilliseconds(4));

    public static readonly SlowDeviceSettings NobodySlow = new(SlowChoice.None, 0, null, [], TimeSpan.Zero);

    /// <summary>Inverts every stale update, in a few milliseconds.</summary>
    public static readonly GradientInversion Inversion = new()
    {
        Recipe = new InversionRecipe
        {
            Images = 2,
            Cold = new InversionSchedule(30, 0.3, Patience: 30, Progress: 0),
            Warm = new InversionSchedule(3, 0.1, Patience: 3, Progress: 0),
        },
        Uniqueness = null,
    };

    public static readonly TrainingMetrics Metrics = new(Loss: 0.5, Seconds: 0.25, Restarts: 0);

    public static readonly FederationSettings Settings = new()
    {
        Name = "small",
        Seed = 7,
        Rounds = 6,
        Clock = ClockMode.Virtual,
        RoundDuration = TimeSpan.FromSeconds(1),
        Data = new DataSettings("glyphs", null, PartitionKind.Iid, 1, Clients: 6, SamplesPerClient: 10),
        Network = "mlp",
        Training = new TrainingRecipe(Epochs: 1, BatchSize: 5, LearningRate: 0.1),
        Selection = new SelectionSettings(SelectionPolicy.RoundRobin, PerRound: 3),
        Cadence = new CadenceSettings(CadencePolicy.Rounds, Quorum: 1, Deadline: null),
        Devices = new DeviceSettings(TimeSpan.Zero, NobodySlow, NoDropout),
        Staleness = new StalenessSettings(new Exponential(2), DiscountTarget.Update),
        Acceptance = new AcceptanceSettings(MaxNorm: null),
        Aggregation = new AggregationSettings(new SampleWeightedMeanRule(), new NoServerOptimizer()),
        Evaluation = new EvaluationSettings(Every: 2, WatchClass: null),
        Journal = new JournalSettings(TimeSpan.Zero),
    };

    public static DataSet Data => Drawn.Value;

    public static FederationSettings With(this FederationSettings settings, DropoutSettings dropout) =>
        settings with { Devices = settings.Devices with { Dropout = dropout } };

    public static FederationSettings With(this FederationSettings settings, SelectionSettings selection) =>
        settings with { Selection = selection };

    public static FederationSettings With(this FederationSettings settings, CadenceSettings cadence) =>
        settings with { Cadence = cadence };

    public static FederationSettings With(this FederationSettings settings, SlowDeviceSettings slow) =>
        settings with { Devices = settings.Devices with { Slow = slow } };

    public static FederationSettings With(this FederationSettings settings, IStalenessPolicy policy) =>
        settings with { Staleness = settings.Staleness with { Policy = policy } };

    public static FederationPlan Plan(FederationSettings? settings = null) => FederationPlan.Create(settings ?? Settings, Data);

    public static RunOptions Options(string directory, int workers = 2, bool resume = false) => new()
    {
        Directory = directory,
        Workers = workers,
        Resume = resume,
        Packages = new Dictionary<string, string> { ["akka"] = "some version" },
    };

    /// <summary>A vector of the plan's length, different for each seed, and short enough to add.</summary>
    public static ParameterVector Vector(FederationPlan plan, ulong seed) => Vector(plan.Network.Layout.Count, seed);

    public static ParameterVector Vector(int length, ulong seed)
    {
        var random = new SeededRandom(seed);
        return ParameterVector.Create(length, values =>
        {
            foreach (ref var value in values)
            {
                value = (float)random.NextGaussian() / 100;
            }
        });
    }

    /// <summary>An assignment from version 0, as a journal may hold it.</summary>
    public static Assignment Given(long id) => new(id, Client: 0, BaseVersion: 0, Round: 0, Due: TimeSpan.Zero);

    /// <summary>What a client computes for an assignment.</summary>
    public static LocalUpdate Train(FederationPlan plan, ParameterVector start, int client, long assignment, int round = 0) =>
        LocalTraining.Run(
            plan.Network,
            start,
            plan.Data.Training,
            plan.ShardOf(client, round),
            plan.Settings.Training,
            Seeds.Derive(plan.Settings.Seed, "training", client, assignment));

    /// <summary>The settings with the first seed with which fate does what a test is about.</summary>
    public static FederationSettings Fated(this FederationSettings settings, Func<DeviceFate, bool> claim)
    {
        var seed = 1UL;
        while (!claim(new DeviceFate(seed, settings.Devices.Dropout)))
        {
            seed++;
        }

        return settings with { Seed = seed };
    }
}
