using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Workers;
using FedActors.Models.Tensors;

namespace FedActors.Actors.Federation;

/// <summary>Carries out a run in an actor system of one process.</summary>
public static class FederationRun
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs a federation to its end.</summary>
    /// <param name="system">Needs <see cref="ActorsConfiguration.Default"/> in its configuration.</param>
    /// <param name="plan">What to run.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="progress">Told after every round and evaluation, on an actor's thread; must not block.</param>
    /// <param name="interruption">Asks the run to save its state and stop.</param>
    /// <returns>How the run ended. Its actors have ended too, so that another run may follow in the same system.</returns>
    public static async Task<RunOutcome> ExecuteAsync(
        ActorSystem system,
        FederationPlan plan,
        RunOptions options,
        IProgress<RunProgress>? progress = null,
        CancellationToken interruption = default)
    {
        TensorThreads.PerTask = options.TaskThreads;
        using var own = options.Pool is null ? new WorkerPool(options.Workers) : null;
        var workers = options.Pool ?? own!;
        var ended = new TaskCompletionSource<RunOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = system.ActorOf(RunObserverActor.Props(progress, ended));
        var devices = system.ActorOf(
            DeviceSupervisorActor.Props(new DeviceEnvironment(plan, workers, options.Time)), "devices");
        var federation = system.ActorOf(FederationActor.Props(plan, options, workers, devices, observer), "federation");
        observer.Tell(new RunObserverActor.Observe(federation));
        using var registration = interruption.Register(() => federation.Tell(AggregatorProtocol.Interrupt.Instance));
        try
        {
            return await ended.Task.ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(
                federation.GracefulStop(StopTimeout), devices.GracefulStop(StopTimeout), observer.GracefulStop(StopTimeout))
                .ConfigureAwait(false);
            await NamesAreFreeAsync(system).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Those who wait for an actor's end may hear of it before the parent has struck out the name. The parent does so
    /// before it answers mail.
    /// </summary>
    private static Task NamesAreFreeAsync(ActorSystem system) =>
        system.ActorSelection("/user").Ask<ActorIdentity>(new Identify("names are free"), StopTimeout);
}
