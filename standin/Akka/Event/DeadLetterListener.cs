using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs messages that did not arrive, up to the number that <c>akka.log-dead-letters</c> gives.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly EventStream _eventStream = Context.System.EventStream;
    private readonly int _limit = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _pause = Context.System.Settings.LogDeadLettersSuspendDuration;
    private int _count;
    private TimeSpan? _pausedUntil;

    protected override void PreStart()
    {
        _eventStream.Subscribe(Self, typeof(DeadLetter));
        _eventStream.Subscribe(Self, typeof(Dropped));
        _eventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void PostStop() => _eventStream.Unsubscribe(Self);

    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
    }

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
        {
            return true;
        }

        var now = Context.System.Scheduler.MonotonicClock;
        if (_pausedUntil is { } until)
        {
            if (now < until)
            {
                return true;
            }

            _pausedUntil = null;
            _count = 0;
        }

        if (_count >= _limit)
        {
            return true;
        }

        _count++;
        var isLast = _count == _limit && _limit != int.MaxValue;
        if (isLast && _pause != Timeout.InfiniteTimeSpan)
        {
            _pausedUntil = now + _pause;
        }

        Log(letter, isLast ? ", no more dead letters will be logged for now" : "");
        return true;
    }

    private void Log(AllDeadLetters letter, string remark)
    {
        var recipient = letter.Recipient.Path.ToString();
        var sender = letter.Sender.IsNobody() ? "without sender" : $"from {letter.Sender.Path}";
        var what = letter switch
        {
            Dropped dropped => $"was dropped. {dropped.Reason}.",
            UnhandledMessage => "was unhandled.",
            _ => "was not delivered.",
        };
        _eventStream.Publish(new Info(
            recipient,
            letter.Recipient.GetType(),
            $"Message [{letter.Message.GetType().Name}] {sender} to {recipient} {what} [{_count}] dead letters encountered{remark}. "
            + "If this is not an expected behavior then the recipient may have terminated unexpectedly. "
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'."));
    }
}
