using Akka.Actor;

namespace Akka.Cluster;

public partial class Cluster
{
    private Task _leaving;

    /// <summary>Asks a member to be let in; with the own address starts a new cluster. Ignored by a member.</summary>
    public void Join(Address address) => _core.Tell(new ClusterUserAction.JoinTo(Complete(address)));

    /// <summary>Like <see cref="Join"/>. The task ends when this node is up.</summary>
    /// <exception cref="ClusterJoinFailedException">The token was cancelled before, or this node has left.</exception>
    public Task JoinAsync(Address address, CancellationToken token = default) => JoinAsync([address], () => Join(address), token);

    /// <summary>Asks nodes to be let in, again and again until one answers. The first of them starts a new cluster if none does.</summary>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => _core.Tell(new JoinProtocol.JoinSeedNodes([.. seedNodes.Select(Complete)]));

    /// <summary>Like <see cref="JoinSeedNodes"/>. The task ends when this node is up.</summary>
    /// <exception cref="ClusterJoinFailedException">The token was cancelled before, or this node has left.</exception>
    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        var nodes = seedNodes.ToArray();
        return JoinAsync(nodes, () => JoinSeedNodes(nodes), token);
    }

    /// <summary>Lets a member leave in order.</summary>
    public void Leave(Address address)
    {
        if (Complete(address) == SelfAddress)
        {
            LeaveAsync();
        }
        else
        {
            _core.Tell(new ClusterUserAction.Leave(Complete(address)));
        }
    }

    /// <summary>Leaves in order. The task ends when this node is removed.</summary>
    public Task LeaveAsync()
    {
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _leaving, removed.Task, null) is { } leaving)
        {
            return leaving;
        }

        RegisterOnMemberRemoved(() => removed.TrySetResult());
        _core.Tell(new ClusterUserAction.Leave(SelfAddress));
        return removed.Task;
    }

    /// <inheritdoc cref="LeaveAsync()"/>
    public Task LeaveAsync(CancellationToken cancellationToken) => LeaveAsync().WaitAsync(cancellationToken);

    /// <summary>Gives up a member, which is taken for dead. Ignored if there is none.</summary>
    public void Down(Address address) => _core.Tell(new ClusterUserAction.Down(Complete(address)));

    private Task JoinAsync(IReadOnlyCollection<Address> addresses, Action join, CancellationToken token)
    {
        if (IsTerminated)
        {
            throw new ClusterJoinFailedException("Cluster has already been terminated");
        }

        if (IsUp)
        {
            return Task.CompletedTask;
        }

        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var given = token.Register(() => up.TrySetException(new ClusterJoinFailedException(
            $"Node has not managed to join the cluster using provided addresses: [{string.Join(",", addresses)}]")));
        up.Task.ContinueWith(_ => given.Dispose(), TaskScheduler.Default);
        RegisterOnMemberUp(() => up.TrySetResult());
        join();
        return up.Task;
    }

    /// <summary>References of this node itself carry no host.</summary>
    private Address Complete(Address address) => address.HasLocalScope && address.System == SelfAddress.System ? SelfAddress : address;
}
