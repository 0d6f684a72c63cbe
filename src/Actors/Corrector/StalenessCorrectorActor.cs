using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Workers;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Corrector;

/// <summary>
/// Makes of a stale update what will be aggregated: guards decide whether it is converted, inverters reconstruct data from
/// it, and what those data do to today's model takes its place. Every request is answered exactly once, whatever fails.
/// </summary>
/// <remarks>
/// Answers depend on the order of requests alone, never on which inverter was faster: an inversion starts from what the
/// client's last one left, guards look at arrivals, and what is learned of errors counts from the next version on. An
/// inversion begun ahead of time is used only if it started from what it should have.
/// </remarks>
public sealed partial class StalenessCorrectorActor : UntypedActor, IWithTimers
{
    private const int MaxFailures = 2;

    private readonly FederationPlan _plan;
    private readonly GradientInversion _policy;
    private readonly UpdateInverter _mathematics;
    private readonly WorkerPool _workers;
    private readonly InverterCrew _crew;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private readonly Dictionary<long, Conversion> _conversions = [];
    private readonly Dictionary<long, Conversion> _ofJob = [];
    private readonly SortedDictionary<long, ErrorComparison> _comparisons = [];

    private CorrectorState _state = CorrectorState.Initial;
    private IActorRef _aggregator = ActorRefs.Nobody;
    private long _version;
    private long _requests;
    private long _jobs;
    private double _wastedSeconds;
    private Exception? _lastFailure;

    /// <summary>Use <see cref="Props"/>.</summary>
    public StalenessCorrectorActor(FederationPlan plan, GradientInversion policy, WorkerPool workers, TimeProvider time)
    {
        _plan = plan;
        _policy = policy;
        _workers = workers;
        _mathematics = new UpdateInverter(plan, policy, time);
        _crew = new InverterCrew(workers.MaximumConcurrencyLevel, Hire);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A corrector of one run.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="policy">Its staleness policy.</param>
    /// <param name="workers">The threads of the inverters; there are as many inverters as threads.</param>
    /// <param name="time">Measures what inversions cost.</param>
    public static Props Props(FederationPlan plan, GradientInversion policy, WorkerPool workers, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new StalenessCorrectorActor(plan, policy, workers, time));

    /// <summary>
    /// An inverter that throws is ended and replaced; its job is tried again. The cause is remembered, because only crashes
    /// count against the limit, not kills from outside.
    /// </summary>
    internal Directive DecideOnInverterFailure(Exception cause)
    {
        _lastFailure = cause is ActorKilledException ? null : cause;
        if (cause is InversionFailedException failed && _ofJob.TryGetValue(failed.Job, out var conversion))
        {
            conversion.Failures++;
        }

        return Directive.Stop;
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(-1, -1, DecideOnInverterFailure, loggingEnabled: false);

    /// <summary>What was in work is lost with the restart: the aggregator begins again from its journal.</summary>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(CorrectorProtocol.CorrectorRestarted.Instance);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CorrectorProtocol.Restore restore:
                Restore(restore);
                Become(Working);
                break;
            case InverterProtocol.InverterEnded ended:
                ReplaceInverter(ended);
                break;
            default:
                // Asked of an incarnation that is no more. What this one said would be taken for what that one knew.
                break;
        }
    }

    private void Working(object message)
    {
        switch (message)
        {
            case CorrectorProtocol.Restore restore:
                Restore(restore);
                break;
            case CorrectorProtocol.Prepare prepare:
                Prepare(prepare);
                break;
            case CorrectorProtocol.Observe observe:
                Observe(observe);
                break;
            case CorrectorProtocol.Correct correct:
                Correct(correct);
                break;
            case CorrectorProtocol.CloseVersion close:
                CloseVersion(close);
                break;
            case InverterProtocol.Inverted inverted:
                TakeInversion(inverted);
                break;
            case InverterProtocol.Replayed replayed:
                TakeEstimate(replayed);
                break;
            case InverterProtocol.Cancelled cancelled:
                _crew.Free(cancelled.Job);
                break;
            case InverterProtocol.InverterEnded ended:
                ReplaceInverter(ended);
                break;
            case BudgetPassed passed:
                PassBudget(passed.AssignmentId);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Restore(CorrectorProtocol.Restore restore)
    {
        Timers.CancelAll();
        _crew.DismissAll();
        _conversions.Clear();
        _ofJob.Clear();
        _comparisons.Clear();
        _aggregator = Sender;
        _state = restore.State;
        _version = restore.Version;
    }

    private void Prepare(CorrectorProtocol.Prepare prepare)
    {
        if (prepare.Update.Start is not null && _conversions.TryAdd(prepare.Update.AssignmentId, new Conversion(prepare.Update, prepare.Due)))
        {
            GoOn(prepare.Update.Client);
        }
    }

    private void Observe(CorrectorProtocol.Observe observe)
    {
        Remember(observe.Client, observe.BaseVersion, observe.Staleness, () => UpdateSketch.Of(observe.Update));
        if (_conversions.Remove(observe.AssignmentId, out var inVain))
        {
            Abandon(inVain);
            GoOn(observe.Client);
        }
    }

    private void Correct(CorrectorProtocol.Correct correct)
    {
        var update = correct.Update;
        if (!_conversions.TryGetValue(update.AssignmentId, out var conversion))
        {
            conversion = new Conversion(update, TimeSpan.Zero);
            _conversions.Add(update.AssignmentId, conversion);
        }

        if (conversion.Request is not null)
        {
            // Asked twice; the answer is on its way.
            return;
        }

        _version = correct.Version;
        conversion.Request = correct;
        conversion.Order = ++_requests;
        conversion.Weight = _state.SwitchBack.Weight(_policy.SwitchBack, correct.Version);
        var kind = Judge(conversion, correct.Staleness);
        Remember(update.Client, update.BaseVersion, correct.Staleness, () => conversion.Sketch);
        switch (kind)
        {
            case CorrectionKind.Converted:
                if (_plan.Settings.Clock == ClockMode.Wall)
                {
                    Timers.StartSingleTimer(update.AssignmentId, new BudgetPassed(update.AssignmentId), _policy.Budget);
                }

                break;
            case CorrectionKind.SwitchedBack:
                Answer(conversion, new TreatedUpdate(update.Delta), CorrectionReport.Free(kind));
                break;
            default:
                AnswerByFallback(conversion, kind);
                break;
        }

        GoOn(update.Client);
    }

    /// <summary>Decides whether an update is worth converting, by what has arrived before it.</summary>
    private CorrectionKind Judge(Conversion conversion, long staleness)
    {
        var update = conversion.Update;
        if (update.Start is null || staleness < _policy.MinStaleness)
        {
            return CorrectionKind.NotConvertible;
        }

        if (_policy.Uniqueness is { } guard
            && !guard.IsUnique(new ObservedUpdate(update.Client, update.BaseVersion, staleness, conversion.Sketch), _state.Observed))
        {
            return CorrectionKind.NotUnique;
        }

        return conversion.Weight > 0 ? CorrectionKind.Converted : CorrectionKind.SwitchedBack;
    }

    private void Remember(int client, long baseVersion, long staleness, Func<UpdateSketch> sketch)
    {
        if (_policy.Uniqueness is { } guard)
        {
            _state = _state.After(new ObservedUpdate(client, baseVersion, staleness, sketch()), guard.Window);
        }
    }

    private void CloseVersion(CorrectorProtocol.CloseVersion close)
    {
        _version = close.Next;
        _state = _state with { SwitchBack = _state.SwitchBack.After(_policy.SwitchBack, _comparisons.Values, close.Next) };
        _comparisons.Clear();
        Sender.Tell(new CorrectorProtocol.VersionClosed(
            close.Next, _state, _state.SwitchBack.Weight(_policy.SwitchBack, close.Next), _wastedSeconds));
        _wastedSeconds = 0;
    }

    private void PassBudget(long assignment)
    {
        if (_conversions.TryGetValue(assignment, out var conversion))
        {
            _log.Warning("The conversion of assignment {0} took longer than {1}; the fallback policy treats it", assignment, _policy.Budget);
            AnswerByFallback(conversion, CorrectionKind.Failed);
            GoOn(conversion.Update.Client);
        }
    }

    private void AnswerByFallback(Conversion conversion, CorrectionKind kind)
    {
        var request = conversion.Request!;
        var arrived = new ArrivedUpdate(
            conversion.Update.Delta, request.Staleness, conversion.Update.Start ?? request.Current, request.Current);
        Answer(conversion, _policy.Fallback.Treat(arrived), CorrectionReport.Free(kind));
    }

    private void Answer(Conversion conversion, TreatedUpdate? treated, CorrectionReport report)
    {
        Timers.Cancel(conversion.Id);
        Abandon(conversion);
        _conversions.Remove(conversion.Id);
        _aggregator.Tell(new CorrectorProtocol.Corrected(conversion.Id, treated, report));
    }

    private IActorRef Hire(int number, int incarnation)
    {
        var name = incarnation == 0 ? $"inverter-{number + 1}" : $"inverter-{number + 1}-{incarnation}";
        var inverter = Context.ActorOf(InverterActor.Props(_mathematics, _workers), name);
        Context.WatchWith(inverter, new InverterProtocol.InverterEnded(number, incarnation));
        return inverter;
    }

    private sealed record BudgetPassed(long AssignmentId) : INoSerializationVerificationNeeded;
}
