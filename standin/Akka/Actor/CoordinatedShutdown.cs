using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Makes the coordinated shutdown of a system.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>Ends a system in phases, whose order and time-outs are in <c>akka.coordinated-shutdown</c>.</summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Dictionary<string, ShutdownPhase> _phases;
    private readonly IReadOnlyList<string> _order;
    private readonly ConcurrentDictionary<string, ImmutableList<(string Name, Func<Task<Done>> Run)>> _tasks = new();
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILoggingAdapter _log;
    private Reason _reason;
    private bool _processExits;

    internal CoordinatedShutdown(ExtendedActorSystem system)
    {
        System = system;
        _log = Logging.GetLogger(system, GetType());
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        _phases = ShutdownPhase.Read(config);
        _order = ShutdownPhase.Sort(_phases);
        AddTerminationOfTheSystem(config.GetBoolean("exit-clr"));
        if (config.GetBoolean("run-by-clr-shutdown-hook"))
        {
            AddProcessExitHook();
        }
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Why the system ends; null while it does not.</summary>
    public Reason ShutdownReason => Volatile.Read(ref _reason);

    public TimeSpan TotalTimeout => _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds work to a phase. The tasks of a phase run side by side.</summary>
    /// <exception cref="ConfigurationException">The settings know no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_order.Contains(phase))
        {
            throw new ConfigurationException(
                $"Unknown phase [{phase}], known phases [{string.Join(",", _order)}]. "
                + "All phases (along with their optional dependencies) must be defined in configuration.");
        }

        _tasks.AddOrUpdate(phase, [(taskName, task)], (_, tasks) => tasks.Add((taskName, task)));
    }

    public TimeSpan Timeout(string phase) => _phases.TryGetValue(phase, out var found)
        ? found.Timeout
        : throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.", nameof(phase));

    /// <summary>
    /// Runs the phases, from the given one on. Only the first call counts; all get the same task. Where a phase that does not
    /// recover fails, those after it are left out, and who awaits the task gets an <see cref="AggregateException"/>.
    /// </summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _ = RunPhases(fromPhase);
        }

        return _done.Task;
    }

    private async Task RunPhases(string fromPhase)
    {
        try
        {
            foreach (var phase in _order.SkipWhile(name => fromPhase is not null && name != fromPhase))
            {
                if (_tasks.TryGetValue(phase, out var tasks))
                {
                    _log.Debug("Performing phase [{0}] with [{1}] tasks", phase, tasks.Count);
                    await RunPhase(phase, _phases[phase], tasks).ConfigureAwait(false);
                }
            }

            _done.SetResult(Done.Instance);
        }
        catch (Exception e)
        {
            _done.SetException(e as AggregateException ?? new AggregateException(e));
        }
    }

    private async Task RunPhase(string name, ShutdownPhase phase, ImmutableList<(string Name, Func<Task<Done>> Run)> tasks)
    {
        var running = Task.WhenAll(tasks.Select(task => RunTask(name, phase, task.Name, task.Run)));
        try
        {
            await running.WaitAsync(phase.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            if (!phase.Recover)
            {
                throw new TimeoutException($"Coordinated shutdown phase [{name}] timed out after {phase.Timeout}");
            }

            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", name, phase.Timeout);
        }
        catch (Exception) when (running.IsFaulted)
        {
            throw running.Exception.Flatten();
        }
    }

    private async Task RunTask(string phaseName, ShutdownPhase phase, string name, Func<Task<Done>> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception e) when (phase.Recover)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", name, phaseName, e.Message);
        }
    }

    private void AddTerminationOfTheSystem(bool exitProcess)
    {
        var terminates = System.Settings.CoordinatedShutdownTerminateActorSystem;
        if (!terminates && !exitProcess)
        {
            return;
        }

        AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            if (terminates)
            {
                if (exitProcess)
                {
                    _ = ExitWhenLate();
                }

                await System.FinalTerminate().ConfigureAwait(false);
            }

            ExitIfWanted(exitProcess);
            return Done.Instance;
        });
    }

    /// <summary>An actor that does not stop must not keep the process.</summary>
    private async Task ExitWhenLate()
    {
        var ended = await Task.WhenAny(System.WhenTerminated, Task.Delay(Timeout(PhaseActorSystemTerminate))).ConfigureAwait(false);
        ExitIfWanted(ended != System.WhenTerminated);
    }

    private void ExitIfWanted(bool isWanted)
    {
        // Who is already leaving must not be asked to leave.
        if (isWanted && !_processExits)
        {
            Environment.Exit(0);
        }
    }

    private void AddProcessExitHook()
    {
        void RunBeforeExit(object sender, EventArgs e)
        {
            _processExits = true;
            if (!System.WhenTerminated.IsCompleted)
            {
                try
                {
                    Run(ClrExitReason.Instance).Wait(TotalTimeout);
                }
                catch (AggregateException failure)
                {
                    _log.Warning("CoordinatedShutdown from CLR shutdown failed: {0}", failure.Message);
                }
            }
        }

        AppDomain.CurrentDomain.ProcessExit += RunBeforeExit;
        System.WhenTerminated.ContinueWith(_ => AppDomain.CurrentDomain.ProcessExit -= RunBeforeExit, TaskScheduler.Default);
    }
}
