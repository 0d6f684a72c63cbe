using System.Security.Cryptography;
using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Stands before a child, passes messages on in both directions, and starts the child again when it is time.</summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    internal BackoffSupervisorBase(Props childProps, string childName, IBackoffReset reset, object replyWhileStopped, Func<object, bool> finalStopMessage)
    {
        ChildProps = childProps;
        ChildName = childName;
        Reset = reset;
        ReplyWhileStopped = replyWhileStopped;
        FinalStopMessage = finalStopMessage;
        Log = Logging.GetLogger(Context.System, GetType());
    }

    protected Props ChildProps { get; }

    protected string ChildName { get; }

    protected IBackoffReset Reset { get; }

    protected object ReplyWhileStopped { get; }

    protected Func<object, bool> FinalStopMessage { get; }

    /// <summary>Null while there is none.</summary>
    protected IActorRef Child { get; set; }

    protected int RestartCountN { get; set; }

    protected bool FinalStopMessageReceived { get; set; }

    internal ILoggingAdapter Log { get; }

    /// <summary>Twice as long after each failure, up to the limit, and longer by a random part of it so that siblings do not march in step.</summary>
    internal static TimeSpan CalculateDelay(int restartCount, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        var random = RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
        var ticks = Math.Min(maxBackoff.Ticks, minBackoff.Ticks * Math.Pow(2, restartCount)) * (1 + (random * randomFactor));
        return ticks is >= 0 and < long.MaxValue ? new TimeSpan((long)ticks) : maxBackoff;
    }

    protected override void PreStart() => StartChild();

    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset auto)
                {
                    Context.System.Scheduler.ScheduleTellOnce(auto.ResetBackoff, Self, new BackoffSupervisor.ResetRestartCount(RestartCountN), Self);
                }

                break;
            case BackoffSupervisor.Reset when Reset is ManualReset:
                RestartCountN = 0;
                break;
            case BackoffSupervisor.Reset:
                Unhandled(message);
                break;
            case BackoffSupervisor.ResetRestartCount count:
                // Only if nothing has failed since.
                RestartCountN = count.Current == RestartCountN ? 0 : RestartCountN;
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child));
                break;
            default:
                PassOn(message);
                break;
        }

        return true;
    }

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(ChildProps, ChildName));

    private void PassOn(object message)
    {
        if (Child is not null && Child.Equals(Sender))
        {
            Context.Parent.Tell(message);
            return;
        }

        var isFinal = FinalStopMessage is not null && FinalStopMessage(message);
        if (Child is not null)
        {
            Child.Forward(message);
            FinalStopMessageReceived |= isFinal;
            return;
        }

        if (ReplyWhileStopped is null)
        {
            Context.System.DeadLetters.Forward(message);
        }
        else
        {
            Sender.Tell(ReplyWhileStopped);
        }

        if (isFinal)
        {
            Context.Stop(Self);
        }
    }
}
