using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class DispatcherTests : ActorConformance
{
    private const string Settings =
        """
        dedicated {
          type = ForkJoinDispatcher
          throughput = 10
          dedicated-thread-pool.thread-count = 2
        }
        single {
          type = ForkJoinDispatcher
          throughput = 5
          dedicated-thread-pool.thread-count = 1
        }
        pinned.type = PinnedDispatcher
        akka.actor.deployment { "/deployed" { dispatcher = dedicated } }
        """;

    public DispatcherTests()
        : base(Settings)
    {
    }

    [Fact]
    public async Task The_default_dispatcher_runs_on_the_thread_pool()
    {
        var actor = ActorOf(Props.Create(() => new WhereAmI()));

        actor.Tell("where");

        Assert.True((await ExpectMsgAsync<Place>()).OnThreadPool);
    }

    [Theory]
    [InlineData("dedicated")]
    [InlineData("pinned")]
    public async Task A_dedicated_dispatcher_runs_on_threads_of_its_own(string dispatcher)
    {
        var actor = ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher(dispatcher));

        actor.Tell("where");

        Assert.False((await ExpectMsgAsync<Place>()).OnThreadPool);
    }

    [Fact]
    public async Task A_dispatcher_can_be_given_by_the_settings_for_a_path()
    {
        var actor = ActorOf(Props.Create(() => new WhereAmI()), "deployed");

        actor.Tell("where");

        Assert.False((await ExpectMsgAsync<Place>()).OnThreadPool);
    }

    [Fact]
    public async Task A_dispatcher_uses_no_more_threads_than_it_has()
    {
        var actors = Enumerable.Range(0, 20).Select(_ => ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher("dedicated"))).ToList();
        var threads = new HashSet<int>();

        for (var round = 0; round < 10; round++)
        {
            actors.ForEach(actor => actor.Tell("where"));
            foreach (var place in ReceiveN(actors.Count).Cast<Place>())
            {
                threads.Add(place.Thread);
            }
        }

        Assert.InRange(threads.Count, 1, 2);
        await ExpectNoMsgAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Two_threads_can_be_blocked_at_the_same_time()
    {
        var barrier = new Barrier(2);
        var first = ActorOf(Props.Create(() => new Meeting(barrier)).WithDispatcher("dedicated"));
        var second = ActorOf(Props.Create(() => new Meeting(barrier)).WithDispatcher("dedicated"));

        first.Tell("meet");
        second.Tell("meet");

        await ExpectMsgAsync("met");
        await ExpectMsgAsync("met");
    }

    [Fact]
    public async Task An_actor_that_floods_itself_does_not_starve_another_on_the_same_thread()
    {
        var flood = ActorOf(Props.Create(() => new Flooding()).WithDispatcher("single"));
        var other = ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher("single"));

        flood.Tell("go");
        for (var i = 0; i < 20; i++)
        {
            other.Tell("where");
            await ExpectMsgAsync<Place>();
        }

        Sys.Stop(flood);
    }

    [Fact]
    public void An_unknown_dispatcher_is_refused()
    {
        Assert.Throws<ConfigurationException>(() => ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher("nowhere")));
    }

    [Fact]
    public async Task The_calling_thread_dispatcher_runs_an_actor_where_it_is_told_something()
    {
        var actor = ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher(CallingThreadDispatcher.Id));
        actor.Tell(new Identify("started?"));
        await ExpectMsgAsync<ActorIdentity>();

        var here = Environment.CurrentManagedThreadId;
        actor.Tell("where");

        Assert.Equal(here, ExpectMsg<Place>().Thread);
    }

    [Fact]
    public async Task A_pinned_actor_stays_on_its_thread()
    {
        var actor = ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher("pinned"));
        var threads = new HashSet<int>();

        for (var i = 0; i < 20; i++)
        {
            actor.Tell("where");
            threads.Add((await ExpectMsgAsync<Place>()).Thread);
        }

        Assert.Single(threads);
    }

    private sealed record Place(bool OnThreadPool, int Thread);

    private sealed class WhereAmI : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Sender.Tell(new Place(Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId));
    }

    private sealed class Meeting : UntypedActor
    {
        private readonly Barrier _barrier;

        public Meeting(Barrier barrier) => _barrier = barrier;

        protected override void OnReceive(object message)
        {
            _barrier.SignalAndWait(Patience);
            Sender.Tell("met");
        }
    }

    private sealed class Flooding : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }
}
