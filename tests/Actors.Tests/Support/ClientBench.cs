using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Devices;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Workers;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Support;

/// <summary>A client between probes: its supervisor and its aggregator.</summary>
public abstract class ClientBench : TimedActorTest
{
    private protected const int Number = 2;

    private protected static readonly TimeSpan Repeat = TimeSpan.FromSeconds(5);

    private WorkerPool? _workers;

    protected ClientBench()
    {
        Supervisor = CreateTestProbe();
        Aggregator = CreateTestProbe();
    }

    private protected TestProbe Supervisor { get; }

    private protected TestProbe Aggregator { get; }

    private protected ManualTime Time { get; } = new();

    private protected WorkerPool Workers => _workers ??= new WorkerPool(1);

    protected override void AfterAll()
    {
        _workers?.Dispose();
        base.AfterAll();
    }

    /// <summary>A client that has joined.</summary>
    private protected IActorRef Start(FederationPlan plan)
    {
        var client = StartBelow(
            Supervisor, ClientActor.Props(Number, new DeviceEnvironment(plan, Workers, Time)), "client", _ => Directive.Restart);
        client.Tell(new ClientProtocol.Enlist(Aggregator));
        Aggregator.ExpectMsg(new ClientProtocol.Join(Number, 10));
        return client;
    }

    private protected IActorRef Start(FederationSettings? settings = null) => Start(Small.Plan(settings));

    private protected void Assign(IActorRef client, long id, long version = 0) =>
        client.Tell(new ClientProtocol.Assign(id, Number, version, 0, Small.Settings.Training), Aggregator);

    /// <summary>Assigns work and answers the question for its base version.</summary>
    private protected ParameterVector AssignAndServe(IActorRef client, long id, long version = 0)
    {
        Assign(client, id, version);
        return Serve(client, version);
    }

    private protected ParameterVector Serve(IActorRef client, long version = 0)
    {
        var start = Small.Vector(Small.Plan(), (ulong)version);
        Aggregator.ExpectMsg(new ClientProtocol.FetchVersion(version));
        client.Tell(new ClientProtocol.VersionFetched(version, start), Aggregator);
        return start;
    }

    /// <summary>Waits until the client has no trainer and knows it.</summary>
    private protected void AwaitTrainerGone(IActorRef client)
    {
        AwaitCondition(() => Find(client, "trainer") is null, Patience);
        AwaitHandled(client);
    }

    private protected void AssertSilent(TestProbe probe)
    {
        // Whatever an actor sent while it handled its mail is here already: probes take mail on the sender's thread.
        probe.ExpectNoMsg(TimeSpan.Zero);
    }
}
