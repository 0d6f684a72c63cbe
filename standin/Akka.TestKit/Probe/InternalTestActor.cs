using System.Threading.Channels;
using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Puts what it receives into the queue that the test reads.</summary>
internal sealed class InternalTestActor : UntypedActor
{
    private readonly ChannelWriter<MessageEnvelope> _queue;
    private readonly DelegatingSupervisorStrategy _strategies = new();
    private TestActor.Ignore _ignore;
    private AutoPilot _autoPilot;

    public InternalTestActor(ChannelWriter<MessageEnvelope> queue) => _queue = queue;

    protected override SupervisorStrategy SupervisorStrategy() => _strategies;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore ignore:
                _ignore = ignore.Ignore;
                break;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                Sender.Tell(TestActor.WatchAck.Instance);
                break;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                Sender.Tell(TestActor.WatchAck.Instance);
                break;
            case TestActor.SetAutoPilot pilot:
                _autoPilot = pilot.AutoPilot;
                break;
            case TestActor.Spawn spawn:
                Enqueue(StartChild(spawn), Self);
                break;
            default:
                Hand(message);
                break;
        }
    }

    private void Hand(object message)
    {
        var next = _autoPilot?.Run(Sender, message);
        if (next is not null and not KeepRunning)
        {
            _autoPilot = next;
        }

        if (_ignore is null || !_ignore(message))
        {
            Enqueue(message, Sender);
        }
    }

    private IActorRef StartChild(TestActor.Spawn spawn)
    {
        var child = spawn.Apply(Context);
        if (spawn._supervisorStrategy.HasValue)
        {
            _strategies.Update(child, spawn._supervisorStrategy.Value);
        }

        return child;
    }

    private void Enqueue(object message, IActorRef sender) => _queue.TryWrite(new RealMessageEnvelope(message, sender));
}
