using Akka.Actor;

namespace FedActors.Bench;

/// <summary>Makes children that report when they have started, and then do nothing.</summary>
internal sealed class Nursery : UntypedActor
{
    private readonly Props _child = Props.Create(() => new Idler());
    private IActorRef _asker = ActorRefs.Nobody;
    private int _awaited;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Populate populate:
                _asker = Sender;
                _awaited = populate.Children;
                for (var i = 0; i < populate.Children; i++)
                {
                    Context.ActorOf(_child);
                }

                break;
            case Started:
                if (--_awaited == 0)
                {
                    _asker.Tell(AllStarted.Instance);
                }

                break;
        }
    }

    internal sealed record Populate(int Children);

    internal sealed class Started
    {
        public static readonly Started Instance = new();
    }

    internal sealed class AllStarted
    {
        public static readonly AllStarted Instance = new();
    }

    private sealed class Idler : UntypedActor
    {
        protected override void PreStart() => Context.Parent.Tell(Started.Instance);

        protected override void OnReceive(object message)
        {
        }
    }
}
