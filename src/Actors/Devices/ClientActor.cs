using Akka.Actor;
using Akka.Event;
using FedActors.Actors.Settings;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Actors.Devices;

/// <summary>
/// One client device: Idle → Fetching → Training → (Delayed) → Reporting → Idle, and Offline. It works on one
/// assignment at a time; others wait in its queue.
/// </summary>
public sealed class ClientActor : UntypedActor, IWithTimers
{
    private const string RepeatTimer = "repeat";
    private const string RetryTimer = "retry";
    private const string LatencyTimer = "latency";
    private const string ReturnTimer = "return";

    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(5);

    private readonly int _client;
    private readonly DeviceEnvironment _environment;
    private readonly Queue<ClientProtocol.Assign> _queue = new();

    private IActorRef _aggregator = ActorRefs.Nobody;
    private Work? _work;
    private long _vanishedWith = -1;

    /// <summary>Use <see cref="Props"/>.</summary>
    public ClientActor(int client, DeviceEnvironment environment)
    {
        _client = client;
        _environment = environment;
    }

    private enum Signal
    {
        Repeat,
        Retry,
        LatencyPassed,
        Return,
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private DropoutSettings Dropout => _environment.Plan.Settings.Devices.Dropout;

    private bool InWallTime => _environment.Plan.Settings.Clock == ClockMode.Wall;

    private Work Current => _work ?? throw new InvalidOperationException("The client has no assignment.");

    /// <summary>A client with its number, from 0.</summary>
    public static Props Props(int client, DeviceEnvironment environment) =>
        Akka.Actor.Props.Create(() => new ClientActor(client, environment));

    /// <summary>
    /// A trainer that throws is ended and, after a pause, replaced: pausing inside the client keeps its mail answered.
    /// The cause is remembered, because only crashes count against the limit, not kills from outside.
    /// </summary>
    internal Directive DecideOnTrainerFailure(Exception cause)
    {
        if (_work is { } work && cause is not ActorKilledException)
        {
            work.Failures++;
            if (cause is SimulatedCrashException)
            {
                work.Crashes++;
            }
        }

        return Directive.Stop;
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(-1, -1, DecideOnTrainerFailure, loggingEnabled: false);

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        Context.Parent.Tell(new DeviceProtocol.ClientRestarted(_client));
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message) => Idle(message);

    private void Idle(object message)
    {
        switch (message)
        {
            case ClientProtocol.Assign assign:
                Begin(assign);
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Fetching(object message)
    {
        switch (message)
        {
            case ClientProtocol.VersionFetched fetched when fetched.Version == Current.Assignment.Version:
                Timers.Cancel(RepeatTimer);
                Current.Start = fetched.Parameters;
                Become(Training);
                StartTrainer();
                break;
            case ClientProtocol.VersionGone gone when gone.Version == Current.Assignment.Version:
                Context.GetLogger().Info("Client {0} was assigned version {1}, which is gone", _client, gone.Version);
                End();
                break;
            case Signal.Repeat:
            case ClientProtocol.Assign assign when assign.AssignmentId == Current.Assignment.AssignmentId:
                // Whoever assigns again may not have heard the question.
                Fetch();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Training(object message)
    {
        switch (message)
        {
            case TrainerProtocol.Trained trained when trained.AssignmentId == Current.Assignment.AssignmentId:
                Current.Complete(trained);
                Deliver();
                break;
            case TrainerProtocol.TrainerEnded ended
                when ended.AssignmentId == Current.Assignment.AssignmentId && ended.Attempt == Current.Attempts:
                RetryOrGiveUp();
                break;
            case Signal.Retry:
                StartTrainer();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Delayed(object message)
    {
        switch (message)
        {
            case Signal.LatencyPassed:
                StartReporting();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    private void Reporting(object message)
    {
        switch (message)
        {
            case ClientProtocol.Accepted accepted when accepted.AssignmentId == Current.Assignment.AssignmentId:
                End();
                break;
            case ClientProtocol.Rejected rejected when rejected.AssignmentId == Current.Assignment.AssignmentId:
                Context.GetLogger().Debug("Client {0}: report {1} rejected, {2}", _client, rejected.AssignmentId, rejected.Reason);
                End();
                break;
            case Signal.Repeat:
            case ClientProtocol.Assign assign when assign.AssignmentId == Current.Assignment.AssignmentId:
                Report();
                break;
            default:
                InAnyState(message);
                break;
        }
    }

    /// <summary>Silent, as a device without network is. Nobody is told; the server finds out.</summary>
    private void Offline(object message)
    {
        switch (message)
        {
            case Signal.Return:
                _work = null;
                Become(Idle);
                Join();
                break;
            case ClientProtocol.Enlist enlist:
                _aggregator = enlist.Aggregator;
                break;
        }
    }

    private void InAnyState(object message)
    {
        switch (message)
        {
            case ClientProtocol.Enlist enlist:
                _aggregator = enlist.Aggregator;
                Join();
                break;
            case ClientProtocol.Assign assign:
                Enqueue(assign);
                break;
            case ClientProtocol.Refused refused:
                Context.GetLogger().Warning("Client {0} was refused: {1}", _client, refused.Reason);
                break;
            case ClientProtocol.Welcome:
            case ClientProtocol.Accepted:
            case ClientProtocol.Rejected:
            case ClientProtocol.VersionFetched:
            case ClientProtocol.VersionGone:
            case TrainerProtocol.Trained:
            case TrainerProtocol.TrainerEnded:
            case Signal:
                // Answers to what was asked twice, or that come after the matter was closed.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Join() => _aggregator.Tell(new ClientProtocol.Join(_client, _environment.Plan.Shards[_client].Length));

    private void Enqueue(ClientProtocol.Assign assign)
    {
        var known = _work?.Assignment.AssignmentId == assign.AssignmentId
            || _queue.Any(waiting => waiting.AssignmentId == assign.AssignmentId);
        if (!known)
        {
            _queue.Enqueue(assign);
        }
    }

    private void Begin(ClientProtocol.Assign assign)
    {
        _work = new Work(assign, _environment.Time.GetTimestamp());
        var cameBackWithIt = InWallTime && assign.AssignmentId == _vanishedWith;
        if (!cameBackWithIt && _environment.Fate.GoesOffline(_client, assign.AssignmentId))
        {
            _vanishedWith = assign.AssignmentId;
            Lose(LossReason.Offline);
            return;
        }

        Become(Fetching);
        Fetch();
    }

    private void Fetch()
    {
        _aggregator.Tell(new ClientProtocol.FetchVersion(Current.Assignment.Version));
        Timers.StartSingleTimer(RepeatTimer, Signal.Repeat, RepeatInterval);
    }

    private void StartTrainer()
    {
        var work = Current;
        work.Attempts++;
        var trainer = Context.Child("trainer");
        if (trainer.IsNobody())
        {
            trainer = Context.ActorOf(TrainerActor.Props(_environment), "trainer");
        }

        Context.Unwatch(trainer);
        Context.WatchWith(trainer, new TrainerProtocol.TrainerEnded(work.Assignment.AssignmentId, work.Attempts));
        trainer.Tell(new TrainerProtocol.Train(work.Assignment, work.Start!, work.Crashes));
    }

    private void RetryOrGiveUp()
    {
        var work = Current;
        if (work.Failures > Dropout.MaxRestarts)
        {
            Context.GetLogger().Info(
                "Client {0} is dropped after {1} crashes on assignment {2}", _client, work.Failures, work.Assignment.AssignmentId);
            Lose(LossReason.Dropped);
            return;
        }

        Timers.StartSingleTimer(RetryTimer, Signal.Retry, Backoff(work.Failures));
    }

    /// <summary>The pause doubles with each crash, between the limits of the settings.</summary>
    private TimeSpan Backoff(int failures)
    {
        var doubled = Dropout.MinBackoff * Math.Pow(2, Math.Max(0, failures - 1));
        return doubled < Dropout.MaxBackoff ? doubled : Dropout.MaxBackoff;
    }

    private void Deliver()
    {
        if (!InWallTime)
        {
            // Virtual latency is the aggregator's matter: it files the report under its virtual arrival time.
            StartReporting();
            return;
        }

        var latency = _environment.Plan.LatencyOf(_client, Current.Assignment.AssignmentId);
        var remaining = latency - _environment.Time.GetElapsedTime(Current.Started);
        if (remaining <= TimeSpan.Zero)
        {
            StartReporting();
            return;
        }

        Become(Delayed);
        Timers.StartSingleTimer(LatencyTimer, Signal.LatencyPassed, remaining);
    }

    private void StartReporting()
    {
        Become(Reporting);
        Report();
    }

    private void Report()
    {
        var work = Current;
        var update = work.Update!;
        _aggregator.Tell(new ClientProtocol.Report(
            work.Assignment.AssignmentId,
            _client,
            work.Assignment.Version,
            update.Samples,
            update.Delta,
            work.Metrics(update.Loss)));
        Timers.StartSingleTimer(RepeatTimer, Signal.Repeat, RepeatInterval);
    }

    /// <summary>
    /// In virtual time the loss is told, because nobody waits there; in wall time an offline device falls silent and
    /// comes back later, and a dropped one says so.
    /// </summary>
    private void Lose(LossReason reason)
    {
        if (InWallTime && reason == LossReason.Offline)
        {
            _queue.Clear();
            Timers.StartSingleTimer(ReturnTimer, Signal.Return, Dropout.OfflineFor);
            Become(Offline);
            return;
        }

        _aggregator.Tell(new ClientProtocol.AssignmentLost(
            Current.Assignment.AssignmentId, _client, reason, Current.Metrics(double.NaN)));
        End();
    }

    private void End()
    {
        Timers.Cancel(RepeatTimer);
        _work = null;
        Become(Idle);
        if (_queue.TryDequeue(out var next))
        {
            Begin(next);
        }
    }

    /// <summary>The assignment in hand.</summary>
    private sealed class Work(ClientProtocol.Assign assignment, long started)
    {
        private double _seconds;

        public ClientProtocol.Assign Assignment { get; } = assignment;

        public long Started { get; } = started;

        public ParameterVector? Start { get; set; }

        public LocalUpdate? Update { get; private set; }

        public int Attempts { get; set; }

        public int Failures { get; set; }

        public int Crashes { get; set; }

        public void Complete(TrainerProtocol.Trained trained)
        {
            Update = trained.Update;
            _seconds = trained.Seconds;
        }

        public TrainingMetrics Metrics(double loss) => new(loss, _seconds, Math.Max(0, Attempts - 1));
    }
}
