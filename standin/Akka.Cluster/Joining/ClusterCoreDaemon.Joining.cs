using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

internal sealed partial class ClusterCoreDaemon
{
    // Kept to ask them again.
    private ImmutableList<Address> _seedNodes;
    private IActorRef _seedNodeProcess;
    private int _seedNodeProcesses;
    private TimeSpan? _seedNodesDeadline;

    private void BeginJoiningSeedNodes(JoinProtocol.JoinSeedNodes join)
    {
        _seedNodesDeadline = Now + Settings.ShutdownAfterUnsuccessfulJoinSeedNodes;
        JoinSeedNodes(join.SeedNodes);
    }

    private void JoinSeedNodes(ImmutableList<Address> seedNodes)
    {
        if (seedNodes.IsEmpty)
        {
            return;
        }

        StopSeedNodeProcess();
        _seedNodes = seedNodes;
        if (seedNodes.All(node => node == _self.Address))
        {
            Self.Tell(new ClusterUserAction.JoinTo(_self.Address));
            return;
        }

        var (props, name) = seedNodes[0] == _self.Address
            ? (Props.Create(() => new FirstSeedNodeProcess(_cluster, seedNodes)), "firstSeedNodeProcess")
            : (Props.Create(() => new JoinSeedNodeProcess(_cluster, seedNodes)), "joinSeedNodeProcess");

        // Its predecessor may not have stopped yet, hence the number.
        _seedNodeProcess = Context.ActorOf(props.WithDispatcher(Settings.UseDispatcher), $"{name}-{++_seedNodeProcesses}");
    }

    private void Join(Address address)
    {
        if (address.Protocol != _self.Address.Protocol || address.System != _self.Address.System)
        {
            _log.Warning(
                "Trying to join member with wrong protocol or ActorSystem name, but was ignored, expected [{0}://{1}] but was [{2}://{3}]",
                _self.Address.Protocol,
                _self.Address.System,
                address.Protocol,
                address.System);
            return;
        }

        StopSeedNodeProcess();
        if (address == _self.Address)
        {
            BecomeInitialized();
            LetIn(OwnJoin());
            return;
        }

        var deadline = Now + Settings.RetryUnsuccessfulJoinAfter;
        Become(() => TryingToJoin(address, deadline));
        CoreOf(address).Tell(OwnJoin());
    }

    private JoinProtocol.Join OwnJoin() => new(_self, _cluster.SelfRoles, Settings.AppVersion);

    private void RetryJoining(Address joinWith)
    {
        BecomeUninitialized();
        if (_seedNodes.IsEmpty)
        {
            Join(joinWith);
        }
        else
        {
            JoinSeedNodes(_seedNodes);
        }
    }

    private bool GiveUpOnSeedNodesIfTooLate()
    {
        if (_seedNodesDeadline is null || Now < _seedNodesDeadline)
        {
            return false;
        }

        _log.Warning(
            "Joining of seed-nodes [{0}] was unsuccessful after configured shutdown-after-unsuccessful-join-seed-nodes [{1}]. "
            + "Running CoordinatedShutdown.",
            string.Join(", ", _seedNodes),
            Settings.ShutdownAfterUnsuccessfulJoinSeedNodes);
        _seedNodesDeadline = null;
        _shutdown.Run(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance);
        return true;
    }

    private void AnswerInitJoin()
    {
        // Who is about to go must not be joined.
        var usable = !MembershipState.IsGivenUp(_state.SelfMember.Status);
        _cluster.LogInfo("Sending {0} from node [{1}] to [{2}]", usable ? "InitJoinAck" : "InitJoinNack", _self.Address, Sender);
        Sender.Tell(usable ? new JoinProtocol.InitJoinAck(_self.Address) : new JoinProtocol.InitJoinNack(_self.Address));
    }

    private void LetIn(JoinProtocol.Join join)
    {
        var node = join.Node;
        if (node.Address.Protocol != _self.Address.Protocol || node.Address.System != _self.Address.System)
        {
            _log.Warning("Member [{0}] with wrong protocol or ActorSystem name tried to join [{1}], but was ignored", node.Address, _self.Address);
            return;
        }

        if (MembershipState.IsGivenUp(_state.SelfMember.Status))
        {
            _cluster.LogInfo("Trying to join [{0}] to [{1}] member, ignoring. Use a member that is Up instead.", node, _state.SelfMember.Status);
            return;
        }

        // By address alone: as long as an earlier incarnation is a member, no other can be.
        var member = LatestGossip.Members.FirstOrDefault(m => m.Address == node.Address);
        if (member is null)
        {
            AddJoining(join);
        }
        else if (member.UniqueAddress != node)
        {
            ReplaceIncarnation(member, node);
        }
        else if (node != _self)
        {
            // The first welcome was lost.
            _cluster.LogInfo("Existing member [{0}] is joining again.", node);
            Sender.Tell(new JoinProtocol.Welcome(_self, LatestGossip));
        }
    }

    private void AddJoining(JoinProtocol.Join join)
    {
        _cluster.FailureDetector.Remove(join.Node.Address);
        var members = LatestGossip.Members;
        Update(LatestGossip with
        {
            // Somebody else may join before this node has joined itself.
            Members = members.Add(Member.Create(join.Node, join.Roles, join.AppVersion))
                .Add(Member.Create(_self, _cluster.SelfRoles, Settings.AppVersion)),
        });
        _cluster.LogInfo(
            "Node [{0}] is JOINING{1}, roles [{2}], version [{3}]",
            join.Node.Address,
            join.Node == _self ? " itself and forming a new cluster" : "",
            string.Join(",", join.Roles),
            join.AppVersion);

        if (join.Node != _self)
        {
            Sender.Tell(new JoinProtocol.Welcome(_self, LatestGossip));
        }
        else if (members.IsEmpty)
        {
            // At once, so that the node that starts the cluster is its oldest.
            LeaderActions();
        }

        Publish();
    }

    private void ReplaceIncarnation(Member member, UniqueAddress node)
    {
        // A process that has its address proves that the earlier one is no more. The new one repeats its request.
        _cluster.LogInfo(
            "New incarnation of existing member [{0}] is trying to join. "
            + "Existing will be removed from the cluster and then new member will be allowed to join.",
            node);
        if (member.Status != MemberStatus.Down)
        {
            Update(LatestGossip.WithReachability(LatestGossip.Overview.Reachability.Terminated(_self, member.UniqueAddress)));
            Down(member.Address);
        }
    }

    private void Welcomed(Address joinWith, JoinProtocol.Welcome welcome)
    {
        if (joinWith != welcome.From.Address)
        {
            _cluster.LogInfo("Ignoring welcome from [{0}] when trying to join with [{1}]", welcome.From.Address, joinWith);
            return;
        }

        _cluster.LogInfo("Welcome from [{0}]", welcome.From.Address);
        _state = _state.With(welcome.Gossip).Seen();
        Publish();
        if (welcome.From != _self)
        {
            GossipTo(welcome.From, Sender);
        }

        BecomeInitialized();
    }

    private void BecomeUninitialized()
    {
        StopSeedNodeProcess();
        Become(Uninitialized);
    }

    private void BecomeInitialized()
    {
        // Not earlier, so that nobody gets heartbeats of a node that has not been let in.
        Context.ActorOf(
            Props.Create(() => new ClusterHeartbeatSender(_cluster)).WithDispatcher(Settings.UseDispatcher), "heartbeatSender");
        StopSeedNodeProcess();
        Become(Initialized);
    }

    private void StopSeedNodeProcess()
    {
        if (_seedNodeProcess is not null)
        {
            Context.Stop(_seedNodeProcess);
            _seedNodeProcess = null;
        }
    }
}
