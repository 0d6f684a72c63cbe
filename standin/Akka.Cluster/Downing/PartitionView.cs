using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.SBR;

/// <summary>What one node knows when it has to decide whom to give up.</summary>
internal sealed record PartitionView(
    ImmutableDictionary<UniqueAddress, Member> AllMembers,
    ImmutableHashSet<UniqueAddress> Unreachable,
    Reachability Reachability,
    ImmutableHashSet<Address> SeenBy)
{
    public static readonly PartitionView Empty =
        new(ImmutableDictionary<UniqueAddress, Member>.Empty, [], Reachability.Empty, []);

    /// <summary>Those who can be given up.</summary>
    public ImmutableHashSet<UniqueAddress> Downable =>
        [.. AllMembers.Values.Where(m => !MembershipState.IsGivenUp(m.Status)).Select(m => m.UniqueAddress)];

    /// <summary>
    /// Nodes that some can reach and others can't: those that observe and are observed, and those who see gossip though they
    /// count as unreachable. The line between two sides can't be drawn through them.
    /// </summary>
    public ImmutableHashSet<UniqueAddress> IndirectlyConnected => ObservedObservers.Union(SeeingSubjects);

    public bool AllUnreachableGivenUp =>
        Unreachable.All(node => !AllMembers.TryGetValue(node, out var member) || MembershipState.IsGivenUp(member.Status));

    private ImmutableHashSet<UniqueAddress> ObservedObservers => Reachability.AllObservers.Intersect(Reachability.AllUnreachableOrTerminated);

    private ImmutableHashSet<UniqueAddress> SeeingSubjects =>
        [.. Reachability.Records.Where(r => SeenBy.Contains(r.Subject.Address)).SelectMany(r => new[] { r.Observer, r.Subject })];

    /// <summary>Members that count, those about to go not among them.</summary>
    public IEnumerable<Member> Members(string role, bool withJoining = false, bool withLeaving = true) => AllMembers.Values.Where(m =>
        (role is null || m.HasRole(role)) && m.Status switch
        {
            MemberStatus.Up => true,
            MemberStatus.Joining or MemberStatus.WeaklyUp => withJoining,
            MemberStatus.Leaving => withLeaving,
            _ => false,
        });

    public bool IsUnreachable(Member member) => Unreachable.Contains(member.UniqueAddress);

    // Members are equal by address, so that one with a new status is taken for the old one unless that is removed first.
    public PartitionView With(Member member) => this with { AllMembers = AllMembers.Remove(member.UniqueAddress).Add(member.UniqueAddress, member) };

    public PartitionView WithUnreachable(Member member) => With(member) with { Unreachable = Unreachable.Add(member.UniqueAddress) };

    public PartitionView WithReachable(Member member) => With(member) with { Unreachable = Unreachable.Remove(member.UniqueAddress) };

    public PartitionView Without(Member member) => this with
    {
        AllMembers = AllMembers.Remove(member.UniqueAddress),
        Unreachable = Unreachable.Remove(member.UniqueAddress),
    };

    /// <summary>Without the observations of, and among, nodes that are indirectly connected; then only a clean line remains.</summary>
    public PartitionView WithoutIndirectObservations()
    {
        var observed = ObservedObservers;
        var seeing = SeeingSubjects;
        var islands = Islands();
        var clean = Reachability.FilterRecords(r =>
            Downable.Contains(r.Observer)
            && Downable.Contains(r.Subject)
            && !islands.Contains(r.Observer)
            && !(observed.Contains(r.Observer) && observed.Contains(r.Subject))
            && !(seeing.Contains(r.Observer) && seeing.Contains(r.Subject)));
        return this with { Reachability = clean, Unreachable = clean.AllUnreachableOrTerminated };
    }

    /// <summary>Observers whom nobody that can be reached can reach: what they last said does not make them connected.</summary>
    private ImmutableHashSet<UniqueAddress> Islands()
    {
        var reachable = AllMembers.Keys.Where(node => !Unreachable.Contains(node)).ToArray();
        return
        [
            .. Reachability.AllObservers.Where(observer =>
                Unreachable.Contains(observer) && Array.TrueForAll(reachable, node => !Reachability.IsReachable(node, observer))),
        ];
    }
}
