using Akka.Actor;

namespace Akka.Pattern;

internal sealed class ChosenBackoffOptions(
    bool restartsOnFailure,
    Props childProps,
    string childName,
    TimeSpan minBackoff,
    TimeSpan maxBackoff,
    double randomFactor) : BackoffOptions
{
    private IBackoffReset _reset = new AutoReset(minBackoff);
    private OneForOneStrategy _strategy = new(SupervisorStrategy.DefaultDecider);
    private object _replyWhileStopped;
    private Func<object, bool> _isFinalStopMessage;

    internal override Props Props
    {
        get
        {
            if (minBackoff <= TimeSpan.Zero)
            {
                throw new ArgumentException("MinBackoff must be greater than 0");
            }

            if (maxBackoff < minBackoff)
            {
                throw new ArgumentException("MaxBackoff must be greater than MinBackoff");
            }

            if (randomFactor is < 0.0 or > 1.0)
            {
                throw new ArgumentException("RandomFactor must be between 0.0 and 1.0");
            }

            return restartsOnFailure
                ? Props.Create(() => new BackoffOnRestartSupervisor(
                    childProps, childName, minBackoff, maxBackoff, _reset, randomFactor, _strategy, _replyWhileStopped, _isFinalStopMessage))
                : Props.Create(() => new BackoffSupervisor(
                    childProps, childName, minBackoff, maxBackoff, _reset, randomFactor, _strategy, _replyWhileStopped, _isFinalStopMessage));
        }
    }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => With(copy => copy._reset = new AutoReset(resetBackoff));

    public override BackoffOptions WithManualReset() => With(copy => copy._reset = new ManualReset());

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        With(copy => copy._strategy = supervisorStrategy);

    public override BackoffOptions WithDefaultStoppingStrategy() => With(copy => copy._strategy =
        new OneForOneStrategy(_strategy.MaxNumberOfRetries, _strategy.WithinTimeRangeMilliseconds, SupervisorStrategy.StoppingStrategy.Decider));

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        With(copy => copy._strategy = _strategy.WithMaxNrOfRetries(maxNrOfRetries));

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        With(copy => copy._replyWhileStopped = replyWhileStopped);

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        With(copy => copy._isFinalStopMessage = isFinalStopMessage);

    private ChosenBackoffOptions With(Action<ChosenBackoffOptions> change)
    {
        var copy = (ChosenBackoffOptions)MemberwiseClone();
        change(copy);
        return copy;
    }
}
