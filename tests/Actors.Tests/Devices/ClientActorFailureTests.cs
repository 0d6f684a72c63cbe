using Akka.Actor;
using FedActors.Actors.Devices;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Devices;

public sealed class ClientActorFailureTests : ClientBench
{
    private static readonly DropoutSettings Pauses = Small.NoDropout with
    {
        MaxRestarts = 5,
        MinBackoff = TimeSpan.FromMilliseconds(100),
        MaxBackoff = TimeSpan.FromMilliseconds(300),
    };

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(3, 300)]
    [InlineData(4, 300)]
    public void A_crashed_trainer_is_replaced_after_a_pause_that_doubles_up_to_a_limit(int crashes, int milliseconds)
    {
        const long Id = 1;
        var settings = Small.Settings
            .With(Pauses with { Crash = 0.5 })
            .Fated(fate => Enumerable.Range(0, crashes + 1).All(crash => fate.Crashes(Number, Id, crash) == crash < crashes));
        var plan = Small.Plan(settings);
        var client = Start(plan);
        using var gate = new WorkerGate(Workers);
        var start = AssignAndServe(client, Id);
        AwaitHandled(client);
        for (var crash = 1; crash < crashes; crash++)
        {
            AwaitTrainerGone(client);
            Scheduler.Advance(Pauses.MaxBackoff);
            AwaitHandled(client);
        }

        AwaitTrainerGone(client);
        Scheduler.Advance(TimeSpan.FromMilliseconds(milliseconds) - TimeSpan.FromTicks(1));
        AwaitHandled(client);
        Assert.Null(Find(client, "trainer"));
        Scheduler.Advance(TimeSpan.FromTicks(1));
        AwaitHandled(client);
        Assert.NotNull(Find(client, "trainer"));

        gate.Open();
        var report = Aggregator.ExpectMsg<ClientProtocol.Report>();
        Assert.Equal(Small.Train(plan, start, Number, Id).Delta, report.Update);
        Assert.Equal(crashes, report.Metrics.Restarts);
    }

    [Theory]
    [InlineData(ClockMode.Virtual)]
    [InlineData(ClockMode.Wall)]
    public void A_device_that_crashes_too_often_says_that_it_is_dropped(ClockMode clock)
    {
        const int MaxRestarts = 3;
        var client = Start((Small.Settings with { Clock = clock }).With(Pauses with { Crash = Small.Always, MaxRestarts = MaxRestarts }));
        AssignAndServe(client, 1);
        AwaitHandled(client);
        for (var restart = 0; restart < MaxRestarts; restart++)
        {
            AwaitTrainerGone(client);
            AssertSilent(Aggregator);
            Scheduler.Advance(Pauses.MaxBackoff);
            AwaitHandled(client);
        }

        var lost = Aggregator.ExpectMsg<ClientProtocol.AssignmentLost>();
        Assert.Equal((1, Number, LossReason.Dropped), (lost.AssignmentId, lost.Client, lost.Reason));
        Assert.Equal(MaxRestarts, lost.Metrics.Restarts);
        Assert.True(double.IsNaN(lost.Metrics.Loss));
    }

    [Fact]
    public void A_dropped_device_goes_on_with_its_next_assignment()
    {
        var settings = Small.Settings
            .With(Pauses with { Crash = 0.5, MaxRestarts = 0 })
            .Fated(fate => fate.Crashes(Number, 1, 0) && !fate.Crashes(Number, 2, 0));
        var client = Start(settings);
        Assign(client, 1);
        Assign(client, 2);
        Serve(client);

        Assert.Equal(1, Aggregator.ExpectMsg<ClientProtocol.AssignmentLost>().AssignmentId);
        Serve(client);
        Assert.Equal(2, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
    }

    [Fact]
    public void A_trainer_killed_from_outside_is_replaced_however_often_and_the_bits_are_the_same()
    {
        var plan = Small.Plan(Small.Settings.With(Pauses with { MaxRestarts = 1 }));
        var client = Start(plan);
        using var gate = new WorkerGate(Workers);
        var start = AssignAndServe(client, 1);
        AwaitHandled(client);
        object[] deaths = [Kill.Instance, PoisonPill.Instance, Kill.Instance, Kill.Instance];
        foreach (var death in deaths)
        {
            Find(client, "trainer")!.Tell(death);
            AwaitTrainerGone(client);
            Scheduler.Advance(Pauses.MinBackoff);
            AwaitHandled(client);
        }

        gate.Open();
        var report = Aggregator.ExpectMsg<ClientProtocol.Report>();
        Assert.Equal(Small.Train(plan, start, Number, 1).Delta, report.Update);
        Assert.Equal(deaths.Length, report.Metrics.Restarts);
    }

    [Fact]
    public void A_trainer_killed_while_it_is_idle_is_not_missed()
    {
        var client = Start(Small.Settings.With(Pauses));
        AssignAndServe(client, 1);
        Aggregator.ExpectMsg<ClientProtocol.Report>();
        Find(client, "trainer")!.Tell(Kill.Instance);
        AwaitTrainerGone(client);
        client.Tell(new ClientProtocol.Accepted(1));

        AssignAndServe(client, 2);
        Assert.Equal(0, Aggregator.ExpectMsg<ClientProtocol.Report>().Metrics.Restarts);
    }

    [Fact]
    public void A_trainer_killed_at_its_second_assignment_is_missed_as_of_that_one()
    {
        var client = Start(Small.Settings.With(Pauses));
        AssignAndServe(client, 1);
        Aggregator.ExpectMsg<ClientProtocol.Report>();
        client.Tell(new ClientProtocol.Accepted(1));
        using var gate = new WorkerGate(Workers);
        AssignAndServe(client, 2);
        AwaitHandled(client);
        Find(client, "trainer")!.Tell(Kill.Instance);
        AwaitTrainerGone(client);
        Scheduler.Advance(Pauses.MinBackoff);

        gate.Open();
        var report = Aggregator.ExpectMsg<ClientProtocol.Report>();
        Assert.Equal((2, 1), (report.AssignmentId, report.Metrics.Restarts));
    }

    [Fact]
    public void Training_that_throws_is_tried_again_and_given_up_after_the_limit()
    {
        var client = Start(Small.Settings.With(Pauses with { MaxRestarts = 1 }));
        Assign(client, 1);
        Aggregator.ExpectMsg<ClientProtocol.FetchVersion>();
        client.Tell(new ClientProtocol.VersionFetched(0, ParameterVector.Zeros(5)));
        AwaitHandled(client);
        AwaitTrainerGone(client);
        Scheduler.Advance(Pauses.MinBackoff);

        var lost = Aggregator.ExpectMsg<ClientProtocol.AssignmentLost>();
        Assert.Equal(LossReason.Dropped, lost.Reason);
        Assert.Equal(1, lost.Metrics.Restarts);
    }

    [Fact]
    public void In_virtual_time_a_device_that_goes_offline_says_so_because_nobody_waits_there()
    {
        var settings = Small.Settings
            .With(Small.NoDropout with { Offline = 0.5 })
            .Fated(fate => fate.GoesOffline(Number, 1) && !fate.GoesOffline(Number, 2));
        var client = Start(settings);
        Assign(client, 1);
        Assign(client, 2);

        var lost = Aggregator.ExpectMsg<ClientProtocol.AssignmentLost>();
        Assert.Equal((1, LossReason.Offline), (lost.AssignmentId, lost.Reason));
        Serve(client);
        Assert.Equal(2, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
    }

    [Fact]
    public void On_the_wall_clock_an_offline_device_is_silent_and_joins_again_later()
    {
        var client = Start((Small.Settings with { Clock = ClockMode.Wall }).With(Small.NoDropout with { Offline = Small.Always }));
        Assign(client, 1);
        Assign(client, 2);
        AwaitHandled(client);
        Scheduler.Advance(Small.NoDropout.OfflineFor - TimeSpan.FromTicks(1));
        AwaitHandled(client);
        AssertSilent(Aggregator);

        Scheduler.Advance(TimeSpan.FromTicks(1));

        Aggregator.ExpectMsg(new ClientProtocol.Join(Number, 10));
    }

    [Fact]
    public void A_device_that_is_back_does_the_assignment_it_vanished_with()
    {
        var client = Start((Small.Settings with { Clock = ClockMode.Wall }).With(Small.NoDropout with { Offline = Small.Always }));
        Assign(client, 1);
        AwaitHandled(client);
        Scheduler.Advance(Small.NoDropout.OfflineFor);
        Aggregator.ExpectMsg<ClientProtocol.Join>();

        AssignAndServe(client, 1);
        Assert.Equal(1, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
    }

    [Fact]
    public void An_offline_device_learns_of_a_new_aggregator_when_it_is_back()
    {
        var client = Start((Small.Settings with { Clock = ClockMode.Wall }).With(Small.NoDropout with { Offline = Small.Always }));
        Assign(client, 1);
        var successor = CreateTestProbe();
        client.Tell(new ClientProtocol.Enlist(successor));
        AwaitHandled(client);
        AssertSilent(successor);

        Scheduler.Advance(Small.NoDropout.OfflineFor);

        successor.ExpectMsg<ClientProtocol.Join>();
        AssertSilent(Aggregator);
    }
}
