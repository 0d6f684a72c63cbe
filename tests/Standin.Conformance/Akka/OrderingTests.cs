using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class OrderingTests : ActorConformance
{
    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order_however_many_senders_there_are()
    {
        const int Senders = 16;
        const int Messages = 2000;
        var checker = ActorOf(Props.Create(() => new OrderChecker(Senders * Messages, TestActor)));
        var senders = Enumerable.Range(0, Senders).Select(_ => ActorOf(Props.Create(() => new Sequencer(checker, Messages)))).ToList();

        senders.ForEach(sender => sender.Tell("go"));

        await ExpectMsgAsync("all in order");
    }

    [Fact]
    public async Task Messages_told_from_many_threads_all_arrive()
    {
        const int Threads = 8;
        const int Messages = 5000;
        var counter = ActorOf(Props.Create(() => new Counting(Threads * Messages, TestActor)));

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Messages; i++)
            {
                counter.Tell(i, ActorRefs.NoSender);
            }
        })));

        await ExpectMsgAsync("counted");
    }

    [Fact]
    public async Task Two_actors_can_pass_messages_to_and_fro()
    {
        var pong = ActorOf(Props.Create(() => new Bouncing(TestActor, 20_000)));
        var ping = ActorOf(Props.Create(() => new Bouncing(TestActor, 20_000)));

        for (var ball = 0; ball < 10; ball++)
        {
            ping.Tell(0, pong);
        }

        for (var ball = 0; ball < 10; ball++)
        {
            await ExpectMsgAsync("enough");
        }
    }

    [Fact]
    public async Task An_actor_never_runs_on_two_threads_at_once()
    {
        var careful = ActorOf(Props.Create(() => new Careful(TestActor, 20_000)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                careful.Tell("step", ActorRefs.NoSender);
            }
        })));

        await ExpectMsgAsync(20_000);
    }

    [Fact]
    public async Task Many_actors_can_be_started_and_stopped()
    {
        var parent = ActorOf(Props.Create(() => new Nursery(TestActor)));

        parent.Tell(2000);

        await ExpectMsgAsync("2000 started");
        await ExpectMsgAsync("all gone");
    }

    private sealed class Sequencer : UntypedActor
    {
        private readonly IActorRef _target;
        private readonly int _count;

        public Sequencer(IActorRef target, int count)
        {
            _target = target;
            _count = count;
        }

        protected override void OnReceive(object message)
        {
            for (var i = 0; i < _count; i++)
            {
                _target.Tell(i);
            }
        }
    }

    private sealed class OrderChecker : ReceiveActor
    {
        private readonly Dictionary<IActorRef, int> _next = [];
        private int _left;

        public OrderChecker(int total, IActorRef log)
        {
            _left = total;
            Receive<int>(number =>
            {
                var expected = _next.GetValueOrDefault(Sender);
                if (number != expected)
                {
                    log.Tell($"{Sender} sent {number} where {expected} was next");
                }

                _next[Sender] = expected + 1;
                if (--_left == 0)
                {
                    log.Tell("all in order");
                }
            });
        }
    }

    private sealed class Counting : ReceiveActor
    {
        private int _left;

        public Counting(int total, IActorRef log)
        {
            _left = total;
            Receive<int>(_ =>
            {
                if (--_left == 0)
                {
                    log.Tell("counted");
                }
            });
        }
    }

    private sealed class Bouncing : ReceiveActor
    {
        public Bouncing(IActorRef log, int limit) => Receive<int>(bounces =>
        {
            if (bounces == limit)
            {
                log.Tell("enough");
            }
            else
            {
                Sender.Tell(bounces + 1);
            }
        });
    }

    private sealed class Careful : UntypedActor
    {
        private readonly IActorRef _log;
        private readonly int _total;
        private int _inside;
        private int _steps;

        public Careful(IActorRef log, int total)
        {
            _log = log;
            _total = total;
        }

        protected override void OnReceive(object message)
        {
            if (Interlocked.Increment(ref _inside) != 1)
            {
                _log.Tell("two at once");
            }

            _steps++;
            Interlocked.Decrement(ref _inside);
            if (_steps == _total)
            {
                _log.Tell(_steps);
            }
        }
    }

    private sealed class Nursery : ReceiveActor
    {
        public Nursery(IActorRef log)
        {
            Receive<int>(count =>
            {
                for (var i = 0; i < count; i++)
                {
                    Context.Watch(Context.ActorOf(Props.Create<Bystander>()));
                }

                log.Tell($"{Context.GetChildren().Count()} started");
                foreach (var child in Context.GetChildren())
                {
                    Context.Stop(child);
                }
            });
            Receive<Terminated>(_ =>
            {
                if (!Context.GetChildren().Any())
                {
                    log.Tell("all gone");
                }
            });
        }
    }

    private sealed class Bystander : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
