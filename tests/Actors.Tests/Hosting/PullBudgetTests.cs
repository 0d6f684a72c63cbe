using Akka.Actor;
using FedActors.Actors.Hosting;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Hosting;

public sealed class PullBudgetTests : ActorTest
{
    private readonly PullBudget _budget = new(100);

    [Fact]
    public void There_is_room_until_the_budget_is_used_up()
    {
        var (a, b, c) = (Probe(), Probe(), Probe());

        Assert.Equal([a], _budget.Ask(a, 60));
        Assert.Equal([b], _budget.Ask(b, 40));
        Assert.Empty(_budget.Ask(c, 1));
    }

    [Fact]
    public void Who_waits_is_served_in_turn_when_room_is_returned()
    {
        var (a, b, c, d) = (Probe(), Probe(), Probe(), Probe());
        _budget.Ask(a, 100);
        _budget.Ask(b, 70);
        _budget.Ask(c, 20);
        _budget.Ask(d, 20);

        Assert.Equal([b, c], _budget.Return(a));
        Assert.Equal(90, _budget.Held);
    }

    [Fact]
    public void A_single_update_above_the_budget_is_let_through_alone()
    {
        var (a, b) = (Probe(), Probe());

        Assert.Equal([a], _budget.Ask(a, 500));
        Assert.Empty(_budget.Ask(b, 1));
        Assert.Equal([b], _budget.Return(a));
    }

    [Fact]
    public void Asking_twice_gives_room_once()
    {
        var a = Probe();
        _budget.Ask(a, 60);

        Assert.Empty(_budget.Ask(a, 60));
        Assert.Equal(60, _budget.Held);
    }

    [Fact]
    public void Who_leaves_the_queue_is_not_served()
    {
        var (a, b, c) = (Probe(), Probe(), Probe());
        _budget.Ask(a, 100);
        _budget.Ask(b, 100);
        _budget.Ask(c, 100);

        _budget.Return(b);

        Assert.Equal([c], _budget.Return(a));
    }

    private IActorRef Probe() => CreateTestProbe().Ref;
}
