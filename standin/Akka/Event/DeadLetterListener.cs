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

        _count++;
        if (_pausedUntil is null)
        {
            LogUpToTheLimit(letter);
        }
        else if (Context.System.Scheduler.MonotonicClock >= _pausedUntil)
        {
            Log(letter, $", of which {_count - _limit - 1} were not logged. The counter will be reset now");
            _pausedUntil = null;
            _count = 0;
        }

        return true;
    }

    private void LogUpToTheLimit(AllDeadLetters letter)
    {
        if (_count < _limit || _limit == int.MaxValue)
        {
            Log(letter, "");
        }
        else if (_pause == Timeout.InfiniteTimeSpan)
        {
            Log(letter, ", no more dead letters will be logged");
            _pausedUntil = TimeSpan.MaxValue;
        }
        else
        {
            Log(letter, $", no more dead letters will be logged in next [{_pause}]");
            _pausedUntil = Context.System.Scheduler.MonotonicClock + _pause;
        }
    }

    private void Log(AllDeadLetters letter, string remark)
    {
        var from = letter.Sender.IsNobody() ? "" : $" from {letter.Sender}";
        var what = letter switch
        {
            Dropped dropped => $"was dropped. {dropped.Reason}.",
            UnhandledMessage => "was unhandled.",
            _ => "was not delivered.",
        };
        _eventStream.Publish(new Info(
            letter.Recipient.Path.ToString(),
            letter.Recipient.GetType(),
            $"Message [{letter.Message.GetType().Name}]{from} to {letter.Recipient} {what} [{_count}] dead letters encountered{remark}. "
            + "If this is not an expected behavior then the recipient may have terminated unexpectedly. "
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'. "
            + $"Message content: {letter.Message}"));
    }
}
