using FedActors.Actors.Corrector;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Data;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Guards;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Training;

namespace FedActors.Actors.Tests.Federation;

/// <summary>
/// The switch back against the truth: beside the run, each estimate and the update it replaced are compared with what the
/// client would have sent, computed from the client's data. The corrector knows of none of this until updates arrive.
/// </summary>
public sealed class SwitchBackTests : ActorTest
{
    private const int Latency = 20;
    // What is learned at a version judges estimates of 20 versions ago, and needs half a window of them.
    private const int Tolerance = 30;

    private static readonly FederationSettings Intertwined = Small.Settings with
    {
        Seed = 1,
        Rounds = 130,
        Data = new DataSettings("glyphs", null, PartitionKind.LabelSorted, 1, Clients: 40, SamplesPerClient: 30),
        Training = new TrainingRecipe(Epochs: 5, BatchSize: null, LearningRate: 0.03),
        Selection = new SelectionSettings(SelectionPolicy.RoundRobin, PerRound: 10),
        Devices = Small.Settings.Devices with
        {
            Slow = new SlowDeviceSettings(SlowChoice.MostOfClass, 5, null, [], TimeSpan.FromSeconds(Latency)),
        },
        Staleness = new StalenessSettings(
            new GradientInversion
            {
                Recipe = new InversionRecipe { Images = 8 },
                SwitchBack = new SwitchBackGuard { Window = 30, Over = 20 },
            },
            DiscountTarget.Update),
        Evaluation = new EvaluationSettings(Every: 40, WatchClass: 5),
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task It_begins_when_the_true_errors_cross_and_stops_all_conversions()
    {
        var plan = FederationPlan.Create(Intertwined, Glyphs.Create(training: 1200, test: 30, seed: 1));
        var observer = CreateTestProbe();
        Sys.EventStream.Subscribe(observer, typeof(CorrectorProtocol.EstimateMade));
        var summary = await Runs.Complete(Sys, plan, Small.Options(_folder.At("run")));
        var estimates = observer.ReceiveN((int)summary.Counters.ConvertedUpdates, Patience)
            .Cast<CorrectorProtocol.EstimateMade>()
            .ToList();
        observer.ExpectNoMsg(TimeSpan.Zero);

        var crossing = Crossing(estimates.Select(made => True(plan, made)).ToList());
        var conversions = summary.Counters.ConvertedUpdates;

        Assert.NotNull(summary.SwitchRound);
        Assert.InRange(summary.SwitchRound!.Value, crossing - Tolerance, crossing + Tolerance);
        Assert.All(estimates, made => Assert.InRange(made.Version, Latency, summary.SwitchRound.Value + 20));
        Assert.True(summary.Counters.StaleUpdates > conversions);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private static ErrorComparison True(FederationPlan plan, CorrectorProtocol.EstimateMade made)
    {
        var truth = Small.Train(plan, made.Current, made.Update.Client, made.Update.AssignmentId).Delta;
        return ErrorComparison.Of(made.Version, Distance(made.Estimate, truth), Distance(made.Update.Delta, truth))!;
    }

    private static double Distance(ParameterVector left, ParameterVector right) =>
        DisparityMeasure.Between(Disparity.L1, left, right);

    /// <summary>The first version around which the mean logarithm of the true ratio is above 0.</summary>
    private static long Crossing(IReadOnlyList<ErrorComparison> truth) => truth
        .Select(comparison => comparison.Version)
        .Distinct()
        .Order()
        .First(version => truth.Where(other => Math.Abs(other.Version - version) <= 8).Average(other => other.LogRatio) > 0);
}
