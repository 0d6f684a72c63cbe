using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Data;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Federation;

/// <summary>Data that drifts is a function of the round like everything else is of the seed.</summary>
public sealed class DriftTests : ActorTest
{
    private static readonly FederationSettings Drifting = (Small.Settings with
    {
        Rounds = 8,
        Evaluation = new EvaluationSettings(Every: 1, WatchClass: null),
        Data = Small.Settings.Data with { Drift = new DriftSettings(DriftSettings.Inverted, Rate: 1, Rotation: 90) },
    })
    .With(Small.NoDropout with { Crash = 0.2, Offline = 0.2 })
    .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromSeconds(2.5)));

    private static readonly DataSet Data = SecondDomain.AddInverted(Small.Data, 90);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> SecondDomains => ["inverted", "glyphs drawn anew"];

    [Theory]
    [MemberData(nameof(SecondDomains))]
    public async Task Any_number_of_workers_gives_the_same_bits(string second)
    {
        var data = second == DriftSettings.Inverted ? Data : SecondDomain.Add(Small.Data, Glyphs.Create(50, 20, seed: 2));
        var plan = FederationPlan.Create(Drifting, data);
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("one"), workers: 1));
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("three"), workers: 3));
        await Runs.Complete(Sys, Small.Plan(WithoutDrift), Small.Options(_folder.At("steady")));

        Runs.AssertSame(_folder.At("one"), _folder.At("three"));
        Assert.NotEqual(Runs.Model(_folder.At("steady")), Runs.Model(_folder.At("one")));
    }

    [Fact]
    public async Task An_interrupted_run_resumes_to_the_same_bits()
    {
        var plan = FederationPlan.Create(Drifting, Data);
        await Runs.Complete(Sys, plan, Small.Options(_folder.At("whole")));
        foreach (var round in new[] { 2, 5 })
        {
            using var interruption = new CancellationTokenSource();
            var folder = _folder.At($"interrupted-{round}");
            var outcome = await Runs.Execute(
                Sys,
                plan,
                Small.Options(folder),
                progress =>
                {
                    if (progress.Round >= round)
                    {
                        interruption.Cancel();
                    }
                },
                interruption.Token);
            if (outcome is RunOutcome.Interrupted)
            {
                await Runs.Complete(Sys, plan, Small.Options(folder, resume: true));
            }

            Runs.AssertSame(_folder.At("whole"), folder);
        }
    }

    [Fact]
    public async Task The_evaluation_measures_the_mixture_of_its_round()
    {
        var plan = FederationPlan.Create(Drifting with { Data = Drifting.Data with { Drift = new(DriftSettings.Inverted, 0.5, 90) } }, Data);
        var summary = await Runs.Complete(Sys, plan, Small.Options(_folder.Root));
        var parameters = Safetensors.Read(_folder.At("model.safetensors")).ReadParameters(plan.Network.Layout);
        var half = plan.TestAt(plan.Settings.Rounds);

        var expected = FedActors.Models.Training.Evaluation.Measure(plan.Network, parameters, plan.Data.Test, half);

        Assert.Equal(15, half.Count(image => image >= 30));
        Assert.Equal(expected.Loss, summary.FinalLoss);
        Assert.NotEqual(
            expected.Loss,
            FedActors.Models.Training.Evaluation.Measure(plan.Network, parameters, plan.Data.Test, plan.TestAt(0)).Loss);
    }

    [Fact]
    public void Data_is_dealt_and_slow_devices_are_chosen_as_without_a_drift()
    {
        var drifting = FederationPlan.Create(Drifting, Data);
        var steady = Small.Plan(WithoutDrift);

        Assert.All(Enumerable.Range(0, 6), client =>
        {
            Assert.Equal(steady.Shards[client], drifting.Shards[client]);
            Assert.Equal(steady.Shards[client], drifting.ShardOf(client, 0));
            Assert.Equal(steady.Shards[client].Select(image => image + 120), drifting.ShardOf(client, 8));
            Assert.Same(steady.Shards[client], steady.ShardOf(client, 8));
        });
        Assert.Equal(steady.SlowClients, drifting.SlowClients);
        Assert.Same(Small.Data, steady.Data);
        Assert.Equal(Enumerable.Range(0, 30), steady.TestAt(8));
    }

    [Fact]
    public void The_fingerprint_covers_the_drift_and_the_rounds_it_takes()
    {
        string Fingerprint(FederationSettings settings) => FederationPlan.Create(settings, Data).Fingerprint;
        FederationSettings With(DriftSettings drift) => Drifting with { Data = Drifting.Data with { Drift = drift } };
        var own = Fingerprint(Drifting);

        Assert.NotEqual(own, Fingerprint(WithoutDrift));
        Assert.NotEqual(own, Fingerprint(Drifting with { Rounds = 9 }));
        Assert.NotEqual(own, Fingerprint(With(Drifting.Data.Drift! with { Rate = 2 })));
        Assert.NotEqual(own, Fingerprint(With(Drifting.Data.Drift! with { Rotation = 180 })));
        Assert.NotEqual(own, Fingerprint(With(Drifting.Data.Drift! with { Set = "mnist" })));
        Assert.Equal(Fingerprint(WithoutDrift), Small.Plan(WithoutDrift).Fingerprint);
    }

    [Fact]
    public void A_data_set_without_the_second_domain_is_refused() =>
        Assert.Contains("second domain", Assert.Throws<ArgumentException>(() => Small.Plan(Drifting)).Message, StringComparison.Ordinal);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    private static FederationSettings WithoutDrift => Drifting with { Data = Drifting.Data with { Drift = null } };
}
