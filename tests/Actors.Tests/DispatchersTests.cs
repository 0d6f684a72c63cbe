using Akka.Actor;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests;

public sealed class DispatchersTests : ActorTest
{
    private static readonly string[] Dispatchers =
    [
        ActorsConfiguration.AggregatorDispatcher,
        ActorsConfiguration.JournalDispatcher,
        ActorsConfiguration.TransferDispatcher,
    ];

    [Fact]
    public void Each_dispatcher_has_one_thread_of_its_own_that_all_its_actors_share()
    {
        var threads = Dispatchers.Select(dispatcher =>
        {
            var actors = Enumerable.Range(0, 20).Select(_ => Start<WhereAmI>(dispatcher)).ToList();
            actors.ForEach(actor => actor.Tell("where"));
            var thread = Assert.Single(ReceiveN(actors.Count).Cast<Place>().Distinct());
            Assert.False(thread.OnThreadPool);
            return thread.Thread;
        }).ToList();

        Assert.Equal(Dispatchers.Length, threads.Distinct().Count());
    }

    [Fact]
    public void An_actor_that_floods_itself_lets_others_of_its_dispatcher_have_their_turn()
    {
        var flood = Start<Flooding>(ActorsConfiguration.AggregatorDispatcher);
        var other = Start<WhereAmI>(ActorsConfiguration.AggregatorDispatcher);
        flood.Tell("again");

        for (var turn = 0; turn < 20; turn++)
        {
            other.Tell("where");
            ExpectMsg<Place>();
        }

        Sys.Stop(flood);
    }

    private IActorRef Start<TActor>(string dispatcher)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>().WithDispatcher(dispatcher));

    private sealed record Place(bool OnThreadPool, int Thread) : INoSerializationVerificationNeeded;

    private sealed class WhereAmI : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Sender.Tell(new Place(Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId));
    }

    private sealed class Flooding : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }
}
