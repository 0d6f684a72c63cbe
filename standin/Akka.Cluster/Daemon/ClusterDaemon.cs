using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// The root of the cluster's actors, <c>/system/cluster</c>. Connects them with the coordinated shutdown, and lives exactly
/// as long as this node takes part in the cluster.
/// </summary>
internal sealed class ClusterDaemon : ReceiveActor
{
    private readonly ClusterSettings _settings;
    private readonly CoordinatedShutdown _shutdown = CoordinatedShutdown.Get(Context.System);
    private readonly TaskCompletionSource<Done> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Given by the first message: the extension is still being made when this actor starts, and can't be asked for.
    private volatile Cluster _cluster;
    private IActorRef _core;

    public ClusterDaemon(ClusterSettings settings)
    {
        _settings = settings;
        AddShutdownTasks();
        Receive<GetClusterCoreRef>(request =>
        {
            StartChildren(request.Cluster);
            _core.Forward(request);
        });
        Receive<AddStatusListener>(request => Context.ActorOf(
            Props.Create(() => new OnMemberStatusChangedListener(_cluster, request.Callback, request.Status)).WithDispatcher(_settings.UseDispatcher)));
        Receive<CoordinatedShutdownLeave.LeaveRequest>(request =>
            Context.ActorOf(Props.Create(() => new CoordinatedShutdownLeave(_cluster)).WithDispatcher(_settings.UseDispatcher)).Forward(request));
    }

    protected override void PostStop()
    {
        _stopped.TrySetResult(Done.Instance);
        if (_settings.RunCoordinatedShutdownWhenDown)
        {
            // Already running if this node left in order.
            _shutdown.Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        }
    }

    private void StartChildren(Cluster cluster)
    {
        if (_core is not null)
        {
            return;
        }

        _cluster = cluster;
        _core = Context.ActorOf(Props.Create(() => new ClusterCoreSupervisor(cluster)).WithDispatcher(_settings.UseDispatcher), "core");
        Context.ActorOf(Props.Create(() => new ClusterHeartbeatReceiver(cluster)).WithDispatcher(_settings.UseDispatcher), "heartbeatReceiver");
    }

    private void AddShutdownTasks()
    {
        var self = Self;
        _shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", () =>
        {
            var cluster = _cluster;
            return cluster is null || cluster.IsTerminated || cluster.SelfMember.Status == MemberStatus.Down
                ? Task.FromResult(Done.Instance)
                : self.Ask<Done>(CoordinatedShutdownLeave.LeaveRequest.Instance, _shutdown.Timeout(CoordinatedShutdown.PhaseClusterLeave));
        });
        _shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () => _stopped.Task);
    }
}
