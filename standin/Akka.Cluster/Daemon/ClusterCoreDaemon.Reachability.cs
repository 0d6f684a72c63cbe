using Akka.Event;

namespace Akka.Cluster;

internal sealed partial class ClusterCoreDaemon
{
    /// <summary>Takes over what the failure detector thinks of the members that this node watches.</summary>
    private void ReapUnreachableMembers()
    {
        if (LatestGossip.IsSingletonCluster)
        {
            return;
        }

        var before = LatestGossip.Overview.Reachability;
        var lost = LatestGossip.Members
            .Where(m => m.UniqueAddress != _self
                && before.Status(_self, m.UniqueAddress) == ReachabilityStatus.Reachable
                && !_cluster.FailureDetector.IsAvailable(m.Address))
            .ToArray();
        var found = before.AllUnreachableFrom(_self)
            .Where(node => node != _self && _cluster.FailureDetector.IsAvailable(node.Address))
            .Select(LatestGossip.GetMember)
            .ToArray();

        var after = lost.Aggregate(before, (table, member) => table.Unreachable(_self, member.UniqueAddress));
        after = found.Aggregate(after, (table, member) => table.Reachable(_self, member.UniqueAddress));
        if (ReferenceEquals(after, before))
        {
            return;
        }

        Update(LatestGossip.WithReachability(after));
        LogUnreachable(lost);
        if (found.Length > 0)
        {
            _cluster.LogInfo("Marking node(s) as REACHABLE [{0}]", string.Join<Member>(", ", found));
        }

        Publish();
    }

    private void LogUnreachable(Member[] lost)
    {
        var exiting = Array.FindAll(lost, m => m.Status == MemberStatus.Exiting);
        if (exiting.Length > 0)
        {
            _cluster.LogInfo("Marking exiting node(s) as UNREACHABLE [{0}]. This is expected and they will be removed.", string.Join<Member>(", ", exiting));
        }

        var others = Array.FindAll(lost, m => m.Status != MemberStatus.Exiting);
        if (others.Length > 0)
        {
            _log.Warning("Cluster Node [{0}] - Marking node(s) as UNREACHABLE [{1}]", _self.Address, string.Join<Member>(", ", others));
        }
    }

    private void Quarantined(UniqueAddress node)
    {
        if (!LatestGossip.HasMember(node))
        {
            return;
        }

        Update(LatestGossip.WithReachability(LatestGossip.Overview.Reachability.Terminated(_self, node)));
        _log.Warning(
            "Cluster Node [{0}] - Marking node as TERMINATED [{1}], due to quarantine. It must still be marked as down before it's removed.",
            _self.Address,
            node.Address);
        Publish();
    }
}
