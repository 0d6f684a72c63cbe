using Akka.Actor;
using FedActors.Models.Randomness;
using FedActors.Models.Training;

namespace FedActors.Actors.Devices;

/// <summary>
/// Computes local updates on the worker pool. The risky part of a device: it may throw, or be killed and replaced at
/// any time, because the result depends only on the assignment.
/// </summary>
public sealed class TrainerActor : UntypedActor
{
    private readonly DeviceEnvironment _environment;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Use <see cref="Props"/>.</summary>
    public TrainerActor(DeviceEnvironment environment) => _environment = environment;

    /// <summary>A trainer for one client.</summary>
    public static Props Props(DeviceEnvironment environment) => Akka.Actor.Props.Create(() => new TrainerActor(environment));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TrainerProtocol.Train train:
                Begin(train);
                break;
            case TrainerProtocol.Trained trained:
                Context.Parent.Tell(trained);
                break;
            case TrainerProtocol.TrainingFailed failed:
                throw new TrainingFailedException(failed.Cause);
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopping.Cancel();
        base.PostStop();
    }

    private void Begin(TrainerProtocol.Train train)
    {
        var (id, client, _, round, recipe) = train.Assignment;
        if (_environment.Fate.Crashes(client, id, train.Crashes))
        {
            throw new SimulatedCrashException(client, id);
        }

        var plan = _environment.Plan;
        var time = _environment.Time;
        var token = _stopping.Token;
        var seed = Seeds.Derive(plan.Settings.Seed, "training", client, id);
        _environment.Workers
            .Run(
                () =>
                {
                    var started = time.GetTimestamp();
                    var images = plan.ShardOf(client, round);
                    var update = LocalTraining.Run(
                        plan.Network, train.Start, plan.Data.Training, images, recipe, seed, token, plan.Device);
                    return new TrainerProtocol.Trained(id, update, time.GetElapsedTime(started).TotalSeconds);
                },
                token)
            .PipeTo(Self, Self, failure: static cause => new TrainerProtocol.TrainingFailed(cause));
    }
}
