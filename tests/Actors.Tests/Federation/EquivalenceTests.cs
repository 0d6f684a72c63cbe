using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Tests.Federation;

/// <summary>Different settings that must end with the same model, bit for bit.</summary>
public sealed class EquivalenceTests : ActorTest
{
    private static readonly FederationSettings Synchronous = Small.Settings
        .With(new None())
        .With(new CadenceSettings(CadencePolicy.Synchronous, Quorum: 1, Deadline: null));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Where_nobody_is_slow_every_policy_equals_the_synchronous_run()
    {
        var expected = await Run(Synchronous);

        // Tiers are left out: a mean of models rounds otherwise than a mean of updates.
        IStalenessPolicy[] policies =
        [
            new Drop(), new Constant(), new Polynomial(), new Hinge(), new Exponential(), new FirstOrder(), new WeightPrediction(),
            Small.Inversion, new Fresh(),
        ];
        foreach (var policy in policies)
        {
            var asynchronous = Synchronous.With(policy).With(new CadenceSettings(CadencePolicy.Rounds, 1, null));
            Assert.True(expected == await Run(asynchronous), $"Under policy {policy.Name} the model is another.");
        }
    }

    [Fact]
    public async Task Where_nobody_is_slow_a_buffer_as_large_as_a_round_equals_the_synchronous_run()
    {
        var buffered = Synchronous.With(new CadenceSettings(CadencePolicy.Buffered, 1, null, BufferSize: 3));

        Assert.Equal(await Run(Synchronous), await Run(buffered));
    }

    [Fact]
    public async Task One_client_at_a_time_under_the_immediate_cadence_equals_the_synchronous_run()
    {
        var one = new SelectionSettings(SelectionPolicy.RoundRobin, PerRound: 1);
        var immediate = new CadenceSettings(CadencePolicy.Immediate, 1, null);

        Assert.Equal(await Run(Synchronous.With(one)), await Run(Synchronous.With(one).With(immediate)));
        Assert.Equal(await Run(Synchronous.With(one)), await Run(Synchronous.With(one with { Concurrency = 1 }).With(immediate)));
    }

    [Fact]
    public async Task With_slow_clients_a_buffer_of_one_without_discount_equals_plain_asynchronous_updates()
    {
        var asynchronous = Synchronous
            .With(new SlowDeviceSettings(SlowChoice.List, 0, null, [1, 4], TimeSpan.FromSeconds(2.5)))
            .With(new SelectionSettings(SelectionPolicy.Available, PerRound: 3, Concurrency: 3)) with
        {
            Rounds = 12,
            Devices = Synchronous.Devices with { Latency = TimeSpan.FromSeconds(1) },
        };

        Assert.Equal(
            await Run(asynchronous.With(new CadenceSettings(CadencePolicy.Immediate, 1, null))),
            await Run(asynchronous.With(new CadenceSettings(CadencePolicy.Buffered, 1, null, BufferSize: 1))));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    /// <summary>The bits of the model that a run ends with.</summary>
    private async Task<string> Run(FederationSettings settings)
    {
        var folder = _folder.At(Guid.NewGuid().ToString("N"));
        await Runs.Complete(Sys, Small.Plan(settings), Small.Options(folder));
        return Convert.ToHexString(Runs.Model(folder));
    }
}
