using Akka.Actor;

namespace Akka.Cluster;

internal sealed partial class ClusterCoreDaemon
{
    /// <summary>To how many others a node that goes says what it last knew.</summary>
    private const int LastGossips = 5;

    /// <summary>How long a node that was given up waits for others to know.</summary>
    private const int MaxTicksWhenDown = 4;

    private int _ticksWhenDown;

    private void AddShutdownTasks()
    {
        var self = Self;
        _shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterExiting,
            "wait-exiting",
            () => LatestGossip.Members.IsEmpty ? Task.FromResult(Done.Instance) : _selfExiting.Task);
        _shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", () =>
            _cluster.IsTerminated || _cluster.SelfMember.Status == MemberStatus.Down
                ? Task.FromResult(Done.Instance)
                : self.Ask<Done>(ExitingCompleted.Instance, _shutdown.Timeout(CoordinatedShutdown.PhaseClusterExitingDone)));
    }

    private void Leave(Address address)
    {
        var member = LatestGossip.Members.FirstOrDefault(m => m.Address == address);
        if (member is not { Status: MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up })
        {
            return;
        }

        Update(LatestGossip.WithMember(member.Copy(MemberStatus.Leaving)));
        _cluster.LogInfo("Marked address [{0}] as [{1}]", address, MemberStatus.Leaving);
        Publish();

        // Not waiting for the next tick: the one who leaves is waiting.
        SendGossip();
    }

    /// <summary>
    /// Starts the coordinated shutdown. Until it has done what is to be done before this node goes, the newest state is not
    /// marked as seen, so that nobody removes it yet.
    /// </summary>
    private void BeginExiting()
    {
        if (_exitingInProgress)
        {
            return;
        }

        _exitingInProgress = true;
        if (_shutdown.ShutdownReason is null)
        {
            _cluster.LogInfo("Exiting, starting coordinated shutdown.");
        }

        _selfExiting.TrySetResult(Done.Instance);
        _shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    private void CompleteExiting()
    {
        _cluster.LogInfo("Exiting completed.");
        _exitingInProgress = false;
        if (_state.SelfMember.Status != MemberStatus.Removed)
        {
            _state = _state.Seen();
            Publish();

            // Best effort, so that the others need not wait until they find this node unreachable.
            SendGossipRandom(LastGossips);
            var others = LatestGossip.Members.Where(m => m.UniqueAddress != _self).ToArray();
            var leader = _state.LeaderOf(others);
            var next = _state.LeaderOf(others.Where(m => m.UniqueAddress != leader));
            foreach (var node in new[] { leader, next }.Where(node => node is not null))
            {
                CoreOf(node.Address).Tell(new ExitingConfirmed(_self));
            }
        }

        _cluster.Shutdown();
    }

    private void Down(Address address)
    {
        var member = LatestGossip.Members.FirstOrDefault(m => m.Address == address);
        if (member is null)
        {
            _cluster.LogInfo("Ignoring down of unknown node [{0}]", address);
            return;
        }

        if (member.Status == MemberStatus.Down)
        {
            return;
        }

        var reachable = LatestGossip.Overview.Reachability.IsReachable(member.UniqueAddress);
        _cluster.LogInfo("Marking {0}node [{1}] as [{2}]", reachable ? "" : "unreachable ", address, MemberStatus.Down);
        Update(LatestGossip.MarkAsDown(member));
        Publish();
        if (address == _self.Address)
        {
            SendGossipRandom(LastGossips);
        }
        else
        {
            // If it can be reached after all, it learns that it has to go.
            GossipTo(member.UniqueAddress);
        }
    }

    private void ShutdownSelfWhenDown()
    {
        if (_state.SelfMember.Status != MemberStatus.Down)
        {
            return;
        }

        // Others that were given up should get the chance to learn of it from this node.
        var unreachable = _state.Reachability.AllUnreachableOrTerminated;
        var downed = LatestGossip.Members.Where(m => m.Status == MemberStatus.Down).Select(m => m.UniqueAddress);
        if (_ticksWhenDown >= MaxTicksWhenDown || downed.All(node => unreachable.Contains(node) || LatestGossip.SeenByNode(node)))
        {
            _cluster.LogInfo("Node has been marked as DOWN. Shutting down myself");
            SendGossipRandom(LastGossips);
            _cluster.Shutdown();
        }
        else
        {
            _ticksWhenDown++;
        }
    }
}
