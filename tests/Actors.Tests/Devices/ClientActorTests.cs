using Akka.Actor;
using FedActors.Actors.Devices;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Devices;

public sealed class ClientActorTests : ClientBench
{
    [Fact]
    public void An_enlisted_client_joins_with_its_number_of_images() => Start();

    [Fact]
    public void An_assignment_is_fetched_trained_and_reported()
    {
        var plan = Small.Plan();
        var client = Start(plan);
        var start = AssignAndServe(client, id: 11, version: 3);

        var report = Aggregator.ExpectMsg<ClientProtocol.Report>();

        var expected = Small.Train(plan, start, Number, assignment: 11);
        Assert.Equal((11, Number, 3, 10), (report.AssignmentId, report.Client, report.BaseVersion, report.SampleCount));
        Assert.Equal(expected.Delta, report.Update);
        Assert.Equal(new TrainingMetrics(expected.Loss, 0, Restarts: 0), report.Metrics);
    }

    [Fact]
    public void A_report_is_repeated_until_it_is_answered()
    {
        var client = Start();
        AssignAndServe(client, 1);
        var report = Aggregator.ExpectMsg<ClientProtocol.Report>();
        AwaitHandled(client);

        for (var repetition = 0; repetition < 3; repetition++)
        {
            Scheduler.Advance(Repeat - TimeSpan.FromTicks(1));
            AwaitHandled(client);
            AssertSilent(Aggregator);
            Scheduler.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(report, Aggregator.ExpectMsg<ClientProtocol.Report>());
            AwaitHandled(client);
        }

        client.Tell(new ClientProtocol.Accepted(1));
        AwaitHandled(client);
        Scheduler.Advance(Repeat);
        AwaitHandled(client);
        AssertSilent(Aggregator);
    }

    [Fact]
    public void A_question_for_a_version_is_repeated_until_it_is_answered()
    {
        var client = Start();
        Assign(client, 1, version: 4);
        Aggregator.ExpectMsg(new ClientProtocol.FetchVersion(4));
        AwaitHandled(client);

        Scheduler.Advance(Repeat);

        Serve(client, 4);
        Aggregator.ExpectMsg<ClientProtocol.Report>();
    }

    [Fact]
    public void An_assignment_given_twice_is_done_once()
    {
        var client = Start();
        using var gate = new WorkerGate(Workers);
        AssignAndServe(client, 1);
        Assign(client, 1);
        Assign(client, 2);
        Assign(client, 2);
        gate.Open();

        Assert.Equal(1, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
        client.Tell(new ClientProtocol.Accepted(1));
        Serve(client);
        Assert.Equal(2, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
        client.Tell(new ClientProtocol.Accepted(2));
        AwaitHandled(client);
        AssertSilent(Aggregator);
    }

    [Fact]
    public void An_assignment_given_again_while_an_answer_is_waited_for_repeats_the_question()
    {
        var client = Start();
        Assign(client, 1);
        Aggregator.ExpectMsg(new ClientProtocol.FetchVersion(0));
        Assign(client, 1);
        Serve(client);
        var report = Aggregator.ExpectMsg<ClientProtocol.Report>();
        Assign(client, 1);

        Assert.Equal(report, Aggregator.ExpectMsg<ClientProtocol.Report>());
    }

    [Fact]
    public void Further_assignments_wait_and_are_done_in_order()
    {
        var client = Start();
        Assign(client, 5);
        Assign(client, 6);
        Assign(client, 9);

        foreach (var id in new[] { 5, 6, 9 })
        {
            Serve(client);
            Assert.Equal(id, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
            client.Tell(new ClientProtocol.Accepted(id));
        }
    }

    [Fact]
    public void An_assignment_whose_version_is_gone_is_given_up()
    {
        var client = Start();
        Assign(client, 1, version: 4);
        Assign(client, 2, version: 5);
        Aggregator.ExpectMsg(new ClientProtocol.FetchVersion(4));
        client.Tell(new ClientProtocol.VersionGone(4));

        Serve(client, 5);
        Assert.Equal(2, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
    }

    [Fact]
    public void A_rejected_report_is_not_repeated()
    {
        var client = Start();
        AssignAndServe(client, 1);
        Aggregator.ExpectMsg<ClientProtocol.Report>();
        client.Tell(new ClientProtocol.Rejected(1, "no"));
        AwaitHandled(client);
        Scheduler.Advance(Repeat);
        AwaitHandled(client);

        AssertSilent(Aggregator);
    }

    [Fact]
    public void Answers_that_belong_to_something_else_change_nothing()
    {
        var plan = Small.Plan();
        var client = Start(plan);
        Assign(client, 1, version: 4);
        Aggregator.ExpectMsg(new ClientProtocol.FetchVersion(4));
        client.Tell(new ClientProtocol.VersionFetched(3, Small.Vector(plan, 3)));
        client.Tell(new ClientProtocol.VersionGone(3));
        client.Tell(new ClientProtocol.Accepted(1));
        client.Tell(new ClientProtocol.VersionFetched(4, Small.Vector(plan, 4)));
        var report = Aggregator.ExpectMsg<ClientProtocol.Report>();
        client.Tell(new ClientProtocol.Accepted(2));
        client.Tell(new ClientProtocol.Rejected(2, "no"));
        AwaitHandled(client);
        Scheduler.Advance(Repeat);

        Assert.Equal(report, Aggregator.ExpectMsg<ClientProtocol.Report>());
    }

    [Fact]
    public void A_refused_client_stays_where_it_is()
    {
        var client = Start();
        client.Tell(new ClientProtocol.Refused(Number, "no"));
        client.Tell(new ClientProtocol.Welcome(Number));
        AwaitHandled(client);

        AssertSilent(Aggregator);
    }

    [Fact]
    public void A_restarted_client_tells_its_supervisor_and_joins_again()
    {
        var client = Start();
        Assign(client, 1);
        Aggregator.ExpectMsg<ClientProtocol.FetchVersion>();
        client.Tell(Kill.Instance);

        Supervisor.ExpectMsg(new DeviceProtocol.ClientRestarted(Number));
        client.Tell(new ClientProtocol.Enlist(Aggregator));
        Aggregator.ExpectMsg(new ClientProtocol.Join(Number, 10));
        AssignAndServe(client, 1);
        Assert.Equal(1, Aggregator.ExpectMsg<ClientProtocol.Report>().AssignmentId);
    }

    [Fact]
    public void A_restart_ends_the_trainer_and_the_repetitions()
    {
        var client = Start();
        using var gate = new WorkerGate(Workers);
        AssignAndServe(client, 1);
        AwaitHandled(client);
        client.Tell(Kill.Instance);
        Supervisor.ExpectMsg<DeviceProtocol.ClientRestarted>();

        Assert.Null(Find(client, "trainer"));
        gate.Open();
        Scheduler.Advance(Repeat);
        AwaitHandled(client);
        AssertSilent(Aggregator);
    }

    [Fact]
    public void On_the_wall_clock_a_report_waits_for_the_latency_of_the_assignment()
    {
        var settings = WallClock(latency: TimeSpan.FromSeconds(3));
        var plan = Small.Plan(settings with
        {
            Devices = settings.Devices with { Jitter = new JitterSettings(JitterDistribution.Uniform, 0.5, 0, JitterScope.Assignment) },
        });
        var latency = plan.LatencyOf(Number, 1);
        Assert.NotEqual(latency, plan.LatencyOf(Number, 2));
        var client = Start(plan);
        AssignAndServe(client, 1);
        // The last of four looks at the clock is the one that asks how much of the latency is left.
        AwaitCondition(() => Time.Readings >= 4, Patience);
        AwaitHandled(client);

        Scheduler.Advance(latency - TimeSpan.FromTicks(1));
        AwaitHandled(client);
        AssertSilent(Aggregator);
        Scheduler.Advance(TimeSpan.FromTicks(1));
        Aggregator.ExpectMsg<ClientProtocol.Report>();
    }

    [Fact]
    public void On_the_wall_clock_training_counts_towards_the_latency()
    {
        var client = Start(WallClock(latency: TimeSpan.FromSeconds(3)));
        using var gate = new WorkerGate(Workers);
        AssignAndServe(client, 1);
        AwaitHandled(client);
        Time.Advance(TimeSpan.FromSeconds(3));
        gate.Open();

        Aggregator.ExpectMsg<ClientProtocol.Report>();
    }

    [Fact]
    public void In_virtual_time_latency_is_not_waited_for()
    {
        var client = Start(WallClock(latency: TimeSpan.FromSeconds(3)) with { Clock = ClockMode.Virtual });
        AssignAndServe(client, 1);

        Aggregator.ExpectMsg<ClientProtocol.Report>();
    }

    private static FederationSettings WallClock(TimeSpan latency) => Small.Settings with
    {
        Clock = ClockMode.Wall,
        Devices = Small.Settings.Devices with { Latency = latency },
    };
}
