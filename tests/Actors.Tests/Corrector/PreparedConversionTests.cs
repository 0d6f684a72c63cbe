using Akka.Actor;
using FedActors.Actors.Corrector;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Tests.Corrector;

/// <summary>Inversions that begin before their update arrives: they save time and never change a bit.</summary>
public sealed class PreparedConversionTests : CorrectorBench
{
    // An inverter looks at the clock before and after each job.
    private const int Once = 2;

    [Fact]
    public void An_inversion_begun_ahead_of_time_is_used_once_its_update_arrives()
    {
        Start();
        var update = Update(1);
        Prepare(update);
        AwaitJobs(1);
        Correct(update);

        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
        Assert.Equal(2 * Once, Time.Readings);
        Assert.Equal(0, Close().WastedSeconds);
    }

    [Fact]
    public void An_update_that_arrives_while_its_inversion_is_under_way_is_answered_once()
    {
        Start();
        var update = Update(1);
        using (var gate = new WorkerGate(Workers))
        {
            Prepare(update);
            Correct(update);
            AwaitHandled(Corrector);
            gate.Open();
        }

        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
        Assert.Equal(2 * Once, Time.Readings);
        AssertSilent();
    }

    [Fact]
    public void What_began_from_something_older_than_it_should_have_is_not_used()
    {
        Start();
        var (first, second) = (Update(1, baseVersion: 2), Update(2, baseVersion: 4));
        Prepare(second);
        AwaitJobs(1);
        Correct(first, second);

        var found = Invert(first);
        AssertConverted(Estimate(found), ExpectCorrected(1));
        var chained = Invert(second, found.Result.Next, new PastConversion(Version, found.Result.Reconstruction, first.Delta));
        AssertConverted(Estimate(chained), ExpectCorrected(2));
    }

    [Fact]
    public void Of_several_prepared_updates_of_a_client_the_next_to_arrive_is_inverted()
    {
        Start();
        var (late, soon) = (Update(1, baseVersion: 2), Update(2, baseVersion: 3));
        Prepare(late, dueSeconds: 9);
        AwaitJobs(1);
        Prepare(soon, dueSeconds: 5);
        AwaitJobs(2);
        Correct(soon);

        AssertConverted(Estimate(Invert(soon)), ExpectCorrected(2));
        Assert.True(Time.Readings >= 3 * Once);
        Assert.Equal(Invert(soon).Result.Next, Close().State.Clients[0].Latest);
    }

    [Fact]
    public void A_preparation_that_arrives_fresh_after_all_is_in_vain_and_keeps_nobody_waiting()
    {
        Start();
        var (fresh, next) = (Update(1, baseVersion: 2), Update(2, baseVersion: 3));
        Prepare(fresh, dueSeconds: 1);
        AwaitJobs(1);
        Tell(new CorrectorProtocol.Observe(1, fresh.Client, fresh.BaseVersion, 0, fresh.Delta));
        Prepare(next, dueSeconds: 2);
        AwaitJobs(2);
        Correct(next);

        AssertConverted(Estimate(Invert(next)), ExpectCorrected(2));
        Assert.Equal(3 * Once, Time.Readings);
    }

    [Fact]
    public void A_preparation_that_turns_out_not_to_be_unique_is_in_vain()
    {
        Start(Small.Inversion with { Uniqueness = new UniquenessGuard { MinNeighbours = 2 } });
        var update = Update(1);
        Prepare(update);
        AwaitJobs(1);
        foreach (var client in new[] { 3, 4, 5 })
        {
            Tell(new CorrectorProtocol.Observe(10 + client, client, BaseVersion: 2, Staleness: 0, update.Delta));
        }

        Correct(update);

        AssertFallback(CorrectionKind.NotUnique, update, ExpectCorrected(1));
        Assert.Empty(Close().State.Clients);
        AssertSilent();
    }

    [Fact]
    public void A_preparation_alone_is_never_answered_and_never_remembered()
    {
        Start();
        Prepare(Update(1));
        AwaitJobs(1);

        Assert.Empty(Close().State.Clients);
        AssertSilent();
    }

    [Fact]
    public void A_preparation_that_crashes_too_often_is_tried_again_when_its_update_arrives()
    {
        Start();
        var update = Update(1);
        using (var gate = new WorkerGate(Workers))
        {
            Prepare(update);
            for (var incarnation = 0; incarnation < 3; incarnation++)
            {
                Inverter(incarnation).Tell(new InverterProtocol.WorkFailed(1, new InvalidOperationException("a test wants it so")));
            }

            Inverter(incarnation: 3);
            gate.Open();
        }

        AssertSilent();
        Correct(update);
        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
    }

    [Fact]
    public void Nothing_is_prepared_where_the_base_version_is_gone_or_the_switch_is_over()
    {
        Start(state: CorrectorState.Initial with { SwitchBack = SwitchBackState.Initial with { SwitchedAt = Version - 100 } });
        Prepare(Update(1));
        Prepare(Update(2, client: 1) with { Start = null });
        AwaitHandled(Corrector);
        AwaitHandled(Inverter());

        AwaitWorker();
        Assert.Equal(0, Time.Readings);
    }

    private void Prepare(StaleUpdate update, double dueSeconds = 9) =>
        Tell(new CorrectorProtocol.Prepare(update, TimeSpan.FromSeconds(dueSeconds)));

    private void AwaitJobs(int count)
    {
        AwaitTrue(() => Time.Readings >= count * Once);

        // The result is on its way from worker to inverter to corrector.
        AwaitWorker();
        AwaitHandled(Inverter());
        AwaitHandled(Corrector);
    }

    /// <summary>Returns when the only thread has done all that was in its queue.</summary>
    private void AwaitWorker() => Assert.True(Workers.Run(() => 0, CancellationToken.None).Wait(Patience));
}
