using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Evaluation;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Actors.Tests.Support;

/// <summary>An aggregator between probes: federation, journal, evaluator, device supervisor and clients.</summary>
public abstract class AggregatorBench : TimedActorTest
{
    private TestProbe[] _clients = [];
    private IActorRef? _aggregator;

    protected AggregatorBench()
    {
        Federation = CreateTestProbe("federation");
        Journal = CreateTestProbe("journal");
        Evaluator = CreateTestProbe("evaluator");
        Devices = CreateTestProbe("devices");
        Corrector = CreateTestProbe("corrector");
    }

    private protected TestProbe Federation { get; }

    private protected TestProbe Journal { get; }

    private protected TestProbe Evaluator { get; }

    private protected TestProbe Devices { get; }

    private protected TestProbe Corrector { get; }

    private protected ManualTime Time { get; } = new();

    private protected FederationPlan Plan { get; private set; } = Small.Plan();

    private protected IActorRef Aggregator => _aggregator ?? throw new InvalidOperationException("Start comes first.");

    private protected TestProbe Client(int number) => _clients[number];

    /// <summary>An aggregator that has asked the journal.</summary>
    private protected void Start(FederationPlan plan)
    {
        Plan = plan;
        _clients = [.. Enumerable.Range(0, plan.Settings.Data.Clients).Select(number => CreateTestProbe($"client-{number}"))];
        _aggregator = StartBelow(
            Federation,
            AggregatorActor.Props(plan, new AggregatorLinks(Devices, Evaluator, Journal, Corrector, null, Time)),
            "aggregator",
            FederationActor.DecideOnFailure);
        Journal.ExpectMsg<JournalProtocol.Recover>();
    }

    private protected void Recover(Checkpoint? checkpoint = null, params AcceptedUpdate[] accepted)
    {
        Aggregator.Tell(new JournalProtocol.Recovered(checkpoint, [.. accepted]), Journal);
        Assert.Equal(Aggregator, Devices.ExpectMsg<DeviceProtocol.RollCall>().Aggregator);
    }

    private protected void JoinAll()
    {
        for (var client = 0; client < _clients.Length; client++)
        {
            Join(client);
        }
    }

    private protected void Join(int client)
    {
        Client(client).Send(Aggregator, new ClientProtocol.Join(client, Plan.Shards[client].Length));
        Client(client).ExpectMsg(new ClientProtocol.Welcome(client));
    }

    /// <summary>An aggregator whose clients have joined and which has begun.</summary>
    private protected void Begin(FederationPlan plan)
    {
        Start(plan);
        Recover();
        JoinAll();
    }

    private protected ClientProtocol.Assign ExpectAssign(int client) => Client(client).ExpectMsg<ClientProtocol.Assign>();

    private protected ClientProtocol.Report ReportOf(ClientProtocol.Assign assign, ParameterVector? update = null)
    {
        update ??= Small.Vector(Plan, (ulong)assign.AssignmentId);
        return new(assign.AssignmentId, assign.Client, assign.Version, 10, update, Small.Metrics);
    }

    /// <summary>A client takes its work and delivers it.</summary>
    private protected ClientProtocol.Report Deliver(int client)
    {
        var report = ReportOf(ExpectAssign(client));
        Client(client).Send(Aggregator, report);
        return report;
    }

    private protected Checkpoint ExpectCheckpoint(bool answer = true)
    {
        var checkpoint = Journal.ExpectMsg<JournalProtocol.SaveCheckpoint>().Checkpoint;
        if (answer)
        {
            Aggregator.Tell(new JournalProtocol.CheckpointSaved(checkpoint.Round), Journal);
        }

        return checkpoint;
    }

    private protected RunProgress ExpectProgress() => Federation.ExpectMsg<AggregatorProtocol.Progressed>().Progress;

    private protected RunOutcome ExpectEnd() =>
        ((AggregatorProtocol.Ended)Federation.FishForMessage(message => message is AggregatorProtocol.Ended, Patience)).Outcome;

    private protected EvaluatorProtocol.Evaluate ExpectEvaluate(double? accuracy = null)
    {
        var evaluate = Evaluator.ExpectMsg<EvaluatorProtocol.Evaluate>();
        if (accuracy is { } value)
        {
            Aggregator.Tell(new EvaluatorProtocol.Evaluated(evaluate.Round, new EvaluationResult(value, 1, [value]), 0.5), Evaluator);
        }

        return evaluate;
    }
}
