using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>Whom to give up.</summary>
internal enum DowningDecision
{
    DownReachable,
    DownUnreachable,
    DownAll,

    /// <summary>Those in between, and whomever the strategy gives up when their observations are left out.</summary>
    DownIndirectlyConnected,
}

/// <summary>Decides which side of a partition goes on. All nodes of a side decide alike.</summary>
internal abstract class DowningStrategy(string role)
{
    protected string Role { get; } = role;

    public virtual DowningDecision Decide(PartitionView view) =>
        view.IndirectlyConnected.IsEmpty ? DecideBetweenSides(view) : DowningDecision.DownIndirectlyConnected;

    public ImmutableHashSet<UniqueAddress> NodesToDown(PartitionView view, DowningDecision decision)
    {
        var downable = view.Downable;
        switch (decision)
        {
            case DowningDecision.DownUnreachable:
                return downable.Intersect(view.Unreachable);
            case DowningDecision.DownReachable:
                return downable.Except(view.Unreachable);
            case DowningDecision.DownIndirectlyConnected:
                var indirect = view.IndirectlyConnected;
                if (view.Unreachable.Except(indirect).IsEmpty)
                {
                    return downable.Intersect(indirect);
                }

                var clean = view.WithoutIndirectObservations();
                var next = Decide(clean);

                // No clean line even now: better none goes on than two sides do.
                return next == DowningDecision.DownIndirectlyConnected
                    ? downable
                    : downable.Intersect(indirect.Union(NodesToDown(clean, next)));
            default:
                return downable;
        }
    }

    protected abstract DowningDecision DecideBetweenSides(PartitionView view);

    /// <summary>
    /// The other side may not know of changes of the last moments. If what it may see leads to another decision, none of
    /// both sides may go on.
    /// </summary>
    protected static DowningDecision Confirm(DowningDecision decision, Func<DowningDecision> asTheOtherSideMaySee) =>
        decision == DowningDecision.DownUnreachable && asTheOtherSideMaySee() != DowningDecision.DownUnreachable
            ? DowningDecision.DownAll
            : decision;
}

/// <summary>The larger side goes on; of two equal ones that with the lowest address.</summary>
internal sealed class KeepMajority(string role) : DowningStrategy(role)
{
    protected override DowningDecision DecideBetweenSides(PartitionView view) => Confirm(
        Majority(view, [.. view.Members(Role)], [.. view.Members(Role).Where(view.IsUnreachable)]),
        () => Majority(view, [.. view.Members(Role, withLeaving: false)], [.. view.Members(Role, withJoining: true).Where(view.IsUnreachable)]));

    private static DowningDecision Majority(PartitionView view, Member[] members, Member[] otherSide)
    {
        if (members.Length == 0)
        {
            return DowningDecision.DownAll;
        }

        var here = members.Count(m => !view.IsUnreachable(m));
        var keepsThisSide = here == otherSide.Length ? !view.IsUnreachable(members.Min()) : here > otherSide.Length;
        return keepsThisSide ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
    }
}

/// <summary>The side of the oldest member goes on, unless it is alone there.</summary>
internal sealed class KeepOldest(KeepOldestSettings settings) : DowningStrategy(settings.Role)
{
    protected override DowningDecision DecideBetweenSides(PartitionView view) => Confirm(
        Oldest(view, [.. view.Members(Role)], [.. view.Members(Role)]),
        () => Oldest(
            view,
            [.. view.Members(Role, withLeaving: false)],
            [.. view.Members(Role, withJoining: settings.DownIfAlone, withLeaving: false)]));

    private DowningDecision Oldest(PartitionView view, Member[] members, Member[] counted)
    {
        if (members.Length == 0)
        {
            return DowningDecision.DownAll;
        }

        var here = counted.Count(m => !view.IsUnreachable(m));
        var there = counted.Length - here;
        var oldestIsHere = !view.IsUnreachable(members.Order(Member.AgeOrdering).First());
        var oldestIsAlone = oldestIsHere ? here == 1 && there >= 2 : there == 1 && here >= 2;
        return oldestIsHere != (settings.DownIfAlone && oldestIsAlone) ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
    }
}

/// <summary>The side with enough members goes on.</summary>
internal sealed class StaticQuorum(StaticQuorumSettings settings) : DowningStrategy(settings.Role)
{
    public override DowningDecision Decide(PartitionView view) =>
        view.Members(Role).Count() > (settings.Size * 2) - 1 ? DowningDecision.DownAll : base.Decide(view);

    protected override DowningDecision DecideBetweenSides(PartitionView view) =>
        view.Members(Role).Count(m => !view.IsUnreachable(m)) >= settings.Size ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
}

/// <summary>Nobody goes on.</summary>
internal sealed class DownAllNodes() : DowningStrategy(role: null)
{
    public override DowningDecision Decide(PartitionView view) => DowningDecision.DownAll;

    protected override DowningDecision DecideBetweenSides(PartitionView view) => DowningDecision.DownAll;
}
