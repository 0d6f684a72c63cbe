using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Data;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Federation;

public sealed class FederationPlanTests
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_network_that_does_not_take_the_images_is_refused_with_both_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Small.Plan(Small.Settings with { Network = "resnet8" }));

        Assert.Contains("resnet8", error.Message);
        Assert.Contains("3×32×32", error.Message);
        Assert.Contains("1×28×28", error.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void A_class_that_does_not_exist_is_refused_with_its_key(int index)
    {
        var watched = Small.Settings with { Evaluation = new EvaluationSettings(1, WatchClass: index) };
        var slow = Small.Settings.With(new SlowDeviceSettings(SlowChoice.MostOfClass, index, null, [], Late));

        Assert.Contains("evaluation.watch-class", Assert.Throws<ArgumentException>(() => Small.Plan(watched)).Message);
        Assert.Contains("devices.slow.class", Assert.Throws<ArgumentException>(() => Small.Plan(slow)).Message);
    }

    [Fact]
    public void A_listed_slow_client_that_does_not_exist_is_refused()
    {
        var settings = Small.Settings.With(new SlowDeviceSettings(SlowChoice.List, 0, null, [2, 6, -1], Late));

        Assert.Contains("6, -1", Assert.Throws<ArgumentException>(() => Small.Plan(settings)).Message);
    }

    [Fact]
    public void Slow_clients_are_late_and_others_are_not()
    {
        var plan = Small.Plan((Small.Settings with { Devices = Small.Settings.Devices with { Latency = TimeSpan.FromSeconds(1) } })
            .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [2, 4], Late)));

        Assert.Equal(
            [1.0, 1.0, 5.0, 1.0, 5.0, 1.0],
            Enumerable.Range(0, 6).Select(client => plan.LatencyOf(client, 1).TotalSeconds));
    }

    [Fact]
    public void The_reference_policy_knows_no_latency()
    {
        var plan = Small.Plan(Small.Settings
            .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [2], Late))
            .With(new Fresh()));

        Assert.Equal(TimeSpan.Zero, plan.LatencyOf(2, 1));
    }

    [Fact]
    public void Random_slow_clients_are_as_many_as_asked_for_and_depend_on_the_seed()
    {
        HashSet<int> Choose(ulong seed, int? count)
        {
            var slow = new SlowDeviceSettings(SlowChoice.Random, 0, count, [], Late);
            return [.. Small.Plan((Small.Settings with { Seed = seed }).With(slow)).SlowClients];
        }

        Assert.Equal(3, Choose(1, 3).Count);
        Assert.True(Choose(1, 3).SetEquals(Choose(1, 3)));
        Assert.Equal(6, Choose(1, null).Count);
        Assert.Contains(Enumerable.Range(2, 20), seed => !Choose((ulong)seed, 3).SetEquals(Choose(1, 3)));
    }

    [Fact]
    public void Those_that_hold_most_of_a_class_can_be_slow()
    {
        var settings = (Small.Settings with { Data = Small.Settings.Data with { Partition = PartitionKind.LabelSorted } })
            .With(new SlowDeviceSettings(SlowChoice.MostOfClass, 5, 1, [], Late));
        var plan = Small.Plan(settings);
        int OfClass(int client) => plan.Data.Training.CountByClass(plan.Shards[client])[5];

        var slow = Assert.Single(plan.SlowClients);
        Assert.All(Enumerable.Range(0, 6), client => Assert.True(OfClass(client) <= OfClass(slow)));
    }

    [Fact]
    public void The_fingerprint_tells_runs_apart_whose_checkpoints_do_not_fit()
    {
        var own = Small.Plan().Fingerprint;

        Assert.NotEqual(own, Small.Plan(Small.Settings with { Seed = 8 }).Fingerprint);
        Assert.NotEqual(own, Small.Plan(Small.Settings with { Network = "cnn" }).Fingerprint);
        Assert.NotEqual(own, Small.Plan(Small.Settings with { Data = Small.Settings.Data with { Clients = 5 } }).Fingerprint);
    }

    [Fact]
    public void The_fingerprint_covers_the_parameters_of_policies_and_optimizers()
    {
        var own = Small.Plan(Small.Settings with { Staleness = new StalenessSettings(new Polynomial(0.5), DiscountTarget.Update) });

        Assert.NotEqual(
            own.Fingerprint,
            Small.Plan(Small.Settings with { Staleness = new StalenessSettings(new Polynomial(0.6), DiscountTarget.Update) }).Fingerprint);
        Assert.NotEqual(Small.Plan().Fingerprint, WithServer(new NoServerOptimizer(0.5)));
        Assert.NotEqual(WithServer(new AdamServerOptimizer(0.01)), WithServer(new AdamServerOptimizer(0.02)));
        Assert.NotEqual(WithServer(new AdamServerOptimizer(0.01)), WithServer(new YogiServerOptimizer(0.01)));

        static string WithServer(IServerOptimizer optimizer) => Small.Plan(
            Small.Settings with { Aggregation = Small.Settings.Aggregation with { ServerOptimizer = optimizer } }).Fingerprint;
    }

    [Fact]
    public void Rounds_evaluation_and_journal_may_change_under_the_same_fingerprint()
    {
        var changed = Small.Settings with
        {
            Name = "renamed",
            Rounds = 100,
            Evaluation = new EvaluationSettings(3, 1),
            Journal = new JournalSettings(TimeSpan.FromHours(1)),
        };

        Assert.Equal(Small.Plan().Fingerprint, Small.Plan(changed).Fingerprint);
    }
}
