using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Devices;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;

namespace FedActors.Actors.Tests.Devices;

public sealed class DeviceSupervisorActorTests : ActorTest
{
    private readonly WorkerPool _workers = new(1);
    private readonly TestProbe _aggregator;
    private readonly IActorRef _devices;

    public DeviceSupervisorActorTests()
    {
        _aggregator = CreateTestProbe();
        _devices = Sys.ActorOf(DeviceSupervisorActor.Props(new DeviceEnvironment(Small.Plan(), _workers, TimeProvider.System)), "devices");
    }

    [Fact]
    public void At_the_roll_call_every_client_joins()
    {
        var joined = CallTheRoll();

        Assert.Equal(Enumerable.Range(0, 6), joined.Keys.Order());
        Assert.Equal("client-3", joined[3].Path.Name);
    }

    [Fact]
    public void Another_roll_call_reaches_the_same_clients()
    {
        var first = CallTheRoll();
        var second = CallTheRoll();

        Assert.Equal(first.OrderBy(pair => pair.Key), second.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void A_client_that_ended_is_replaced_at_the_next_roll_call()
    {
        var first = CallTheRoll();
        _aggregator.Watch(first[2]);
        Sys.Stop(first[2]);
        _aggregator.ExpectTerminated(first[2]);
        AwaitCondition(() => Find(_devices, "client-2") is null, Patience);

        var second = CallTheRoll();

        Assert.Equal(6, second.Count);
        Assert.NotEqual(first[2], second[2]);
    }

    [Fact]
    public void A_client_that_fails_joins_again_and_its_siblings_are_left_alone()
    {
        var joined = CallTheRoll();
        joined[4].Tell(Kill.Instance);

        _aggregator.ExpectMsg(new ClientProtocol.Join(4, 10));
        Assert.Equal(joined[4], _aggregator.LastSender);
        AwaitHandled(joined[3]);
        _aggregator.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_client_that_fails_without_end_is_given_up()
    {
        var client = CallTheRoll()[0];
        _aggregator.Watch(client);
        for (var failure = 0; failure <= 10; failure++)
        {
            client.Tell(Kill.Instance);
        }

        _aggregator.FishForMessage(message => message is Terminated, Patience);
    }

    [Fact]
    public void Whatever_a_client_throws_it_is_restarted_unless_it_can_not_start()
    {
        Exception[] failures = [new InvalidOperationException(), new TimeoutException(), new ActorKilledException("killed")];

        Assert.All(failures, failure => Assert.Equal(Directive.Restart, DeviceSupervisorActor.DecideOnClientFailure(failure)));
        Assert.Equal(Directive.Stop, DeviceSupervisorActor.DecideOnClientFailure(new ActorInitializationException("no")));
    }

    protected override void AfterAll()
    {
        _workers.Dispose();
        base.AfterAll();
    }

    private Dictionary<int, IActorRef> CallTheRoll()
    {
        _devices.Tell(new DeviceProtocol.RollCall(_aggregator));
        var joined = new Dictionary<int, IActorRef>();
        for (var client = 0; client < 6; client++)
        {
            joined.Add(_aggregator.ExpectMsg<ClientProtocol.Join>().Client, _aggregator.LastSender);
        }

        return joined;
    }
}
