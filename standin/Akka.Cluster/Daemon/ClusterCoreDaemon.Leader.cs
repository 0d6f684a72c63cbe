namespace Akka.Cluster;

internal sealed partial class ClusterCoreDaemon
{
    private const int FirstNoticeOfTrouble = 20;
    private const int NextNoticeOfTrouble = 60;

    private bool _isLeader;
    private int _ticksWithoutConvergence;

    private bool HasEnoughMembers =>
        LatestGossip.Members.Count >= Settings.MinNrOfMembers
        && Settings.MinNrOfMembersOfRole.All(role => LatestGossip.Members.Count(m => m.HasRole(role.Key)) >= role.Value);

    private void LeaderActions()
    {
        var leads = _state.IsLeader(_self);
        if (leads != _isLeader)
        {
            _isLeader = leads;
            _cluster.LogInfo(leads ? "is the new leader among reachable nodes (more leaders may exist)" : "is no longer leader");
        }

        if (leads && _state.Convergence(_exitingConfirmed))
        {
            _ticksWithoutConvergence = 0;
            LeadWithConvergence();
        }
        else if (leads)
        {
            LeadWithoutConvergence();
        }

        // Another leader may have removed them.
        _exitingConfirmed = [.. _exitingConfirmed.Where(LatestGossip.HasMember)];
        ShutdownSelfWhenDown();
    }

    private void LeadWithConvergence()
    {
        var decision = LeaderDecision.OnConvergence(LatestGossip, HasEnoughMembers, _exitingConfirmed);
        if (decision.IsEmpty)
        {
            return;
        }

        if (decision.Gossip.GetMember(_self).Status == MemberStatus.Exiting)
        {
            BeginExiting();
        }

        Update(decision.Gossip);
        _exitingConfirmed = _exitingConfirmed.Except(decision.RemovedExiting);
        foreach (var member in decision.Changed)
        {
            _cluster.LogInfo("Leader is moving node [{0}] to [{1}]", member.Address, member.Status);
        }

        foreach (var member in decision.RemovedUnreachable)
        {
            _cluster.LogInfo("Leader is removing {0} node [{1}]", member.Status == MemberStatus.Exiting ? "exiting" : "unreachable", member.Address);
        }

        foreach (var node in decision.RemovedExiting)
        {
            _cluster.LogInfo("Leader is removing confirmed Exiting node [{0}]", node.Address);
        }

        Publish();
        TellOldestOfExiting([.. decision.Changed.Where(m => m.Status == MemberStatus.Exiting)]);
    }

    private void LeadWithoutConvergence()
    {
        _ticksWithoutConvergence++;
        if (Settings.AllowWeaklyUpMembers && _ticksWithoutConvergence * Settings.LeaderActionsInterval >= Settings.WeaklyUpAfter)
        {
            MoveJoiningToWeaklyUp();
        }

        if (_ticksWithoutConvergence == FirstNoticeOfTrouble || _ticksWithoutConvergence % NextNoticeOfTrouble == 0)
        {
            _cluster.LogInfo(
                "Leader can currently not perform its duties, reachability status: [{0}], member status: [{1}]",
                _state.ReachabilityExcludingDownedObservers,
                string.Join(", ", LatestGossip.Members.Select(m => $"{m.Address} {m.Status} seen={LatestGossip.SeenByNode(m.UniqueAddress)}")));
        }
    }

    private void MoveJoiningToWeaklyUp()
    {
        if (!HasEnoughMembers)
        {
            return;
        }

        var changed = LatestGossip.Members
            .Where(m => m.Status == MemberStatus.Joining && _state.ReachabilityExcludingDownedObservers.IsReachable(m.UniqueAddress))
            .Select(m => m.Copy(MemberStatus.WeaklyUp))
            .ToArray();
        if (changed.Length == 0)
        {
            return;
        }

        Update(changed.Aggregate(LatestGossip, (gossip, member) => gossip.WithMember(member)));
        foreach (var member in changed)
        {
            _cluster.LogInfo("Leader is moving node [{0}] to [{1}]", member.Address, member.Status);
        }

        Publish();
    }

    /// <summary>Singletons live on the oldest nodes, and hand over the sooner the earlier these know.</summary>
    private void TellOldestOfExiting(Member[] exiting)
    {
        if (exiting.Length == 0)
        {
            return;
        }

        var byAge = LatestGossip.Members.Order(Member.AgeOrdering).ToArray();
        var targets = byAge.Take(2)
            .Concat(exiting.SelectMany(m => m.Roles).Distinct().SelectMany(role => byAge.Where(m => m.HasRole(role)).Take(2)));
        foreach (var target in targets.Distinct())
        {
            GossipTo(target.UniqueAddress);
        }
    }
}
