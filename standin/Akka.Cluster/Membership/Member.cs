using System.Collections.Frozen;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>A node of the cluster and its status. Two members are equal if they are the same incarnation, whatever their status.</summary>
public class Member : IComparable<Member>, IComparable
{
    /// <summary>By host and port.</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(CompareAddresses);

    /// <summary>Oldest first.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(CompareAge);

    /// <summary>The up number of a member that has never been up.</summary>
    internal const int NeverUp = int.MaxValue;

    internal static readonly IComparer<Member> Ordering =
        Comparer<Member>.Create((x, y) => x.UniqueAddress.CompareTo(y.UniqueAddress, AddressOrdering));

    private static readonly FrozenDictionary<MemberStatus, MemberStatus[]> AllowedTransitions = new Dictionary<MemberStatus, MemberStatus[]>
    {
        [MemberStatus.Joining] = [MemberStatus.WeaklyUp, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.WeaklyUp] = [MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.Up] = [MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.Leaving] = [MemberStatus.Exiting, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.Exiting] = [MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.Down] = [MemberStatus.Removed],
        [MemberStatus.Removed] = [],
    }.ToFrozenDictionary();

    /// <summary>Who wins when two nodes have a different status of the same member, strongest first.</summary>
    private static readonly MemberStatus[] Priority =
    [
        MemberStatus.Removed, MemberStatus.Down, MemberStatus.Exiting, MemberStatus.Leaving,
        MemberStatus.Up, MemberStatus.WeaklyUp, MemberStatus.Joining,
    ];

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles, AppVersion appVersion)
    {
        UniqueAddress = uniqueAddress;
        UpNumber = upNumber;
        Status = status;
        Roles = roles;
        AppVersion = appVersion ?? AppVersion.Zero;
    }

    public UniqueAddress UniqueAddress { get; }

    public Address Address => UniqueAddress.Address;

    public MemberStatus Status { get; }

    public ImmutableHashSet<string> Roles { get; }

    public AppVersion AppVersion { get; }

    /// <summary>Counts up with every member that comes up; the lower, the older.</summary>
    internal int UpNumber { get; }

    /// <summary>The status with more to say of two about the same member.</summary>
    public static Member HighestPriorityOf(Member m1, Member m2)
    {
        if (m1.Status == m2.Status)
        {
            return m1.IsOlderThan(m2) ? m1 : m2;
        }

        return Array.IndexOf(Priority, m1.Status) < Array.IndexOf(Priority, m2.Status) ? m1 : m2;
    }

    /// <summary>
    /// The members of two views of the cluster. One that only one view knows, and has given up, was removed by the other.
    /// </summary>
    public static ImmutableHashSet<Member> PickHighestPriority(IEnumerable<Member> a, IEnumerable<Member> b)
    {
        var picked = ImmutableHashSet.CreateBuilder<Member>();
        foreach (var views in a.Concat(b).GroupBy(m => m.UniqueAddress))
        {
            var known = views.ToArray();
            if (known.Length > 1)
            {
                picked.Add(known.Aggregate(HighestPriorityOf));
            }
            else if (!MembershipState.IsGivenUp(known[0].Status))
            {
                picked.Add(known[0]);
            }
        }

        return picked.ToImmutable();
    }

    /// <summary>The later status of two about the same member; null if neither can follow the other.</summary>
    public static Member PickNextTransition(Member a, Member b)
    {
        if (a is null || b is null || !a.Equals(b))
        {
            return null;
        }

        if (a.Status == b.Status)
        {
            return a;
        }

        return a.MayBecome(b.Status) ? b : b.MayBecome(a.Status) ? a : null;
    }

    /// <summary>All members of both, each with its later status.</summary>
    public static ImmutableSortedSet<Member> PickNextTransition(IEnumerable<Member> a, IEnumerable<Member> b) =>
        a.Concat(b).GroupBy(m => m.UniqueAddress).Select(views => views.Aggregate((one, other) => PickNextTransition(one, other))).Where(m => m is not null).ToImmutableSortedSet();

    public bool HasRole(string role) => Roles.Contains(role);

    public bool IsOlderThan(Member other) => UpNumber == other.UpNumber
        ? AddressOrdering.Compare(Address, other.Address) < 0
        : UpNumber < other.UpNumber;

    /// <exception cref="InvalidOperationException">A member can't go from its status to that one.</exception>
    public Member Copy(MemberStatus status)
    {
        if (status == Status)
        {
            return this;
        }

        return MayBecome(status)
            ? new Member(UniqueAddress, UpNumber, status, Roles, AppVersion)
            : throw new InvalidOperationException($"Invalid member status transition {Status} -> {status}");
    }

    public Member CopyUp(int upNumber) => new Member(UniqueAddress, upNumber, Status, Roles, AppVersion).Copy(MemberStatus.Up);

    public int CompareTo(Member other) => Ordering.Compare(this, other);

    int IComparable.CompareTo(object obj) =>
        obj is Member other ? CompareTo(other) : throw new ArgumentException($"Cannot compare a Member with [{obj}].", nameof(obj));

    public override bool Equals(object obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() =>
        $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles)}], upNumber={UpNumber}, version={AppVersion})";

    internal static Member Create(UniqueAddress uniqueAddress, ImmutableHashSet<string> roles, AppVersion appVersion) =>
        new(uniqueAddress, NeverUp, MemberStatus.Joining, roles, appVersion);

    /// <summary>Stands for a node that is not a member.</summary>
    internal static Member Removed(UniqueAddress node) => new(node, NeverUp, MemberStatus.Removed, [], AppVersion.Zero);

    private bool MayBecome(MemberStatus status) => Array.IndexOf(AllowedTransitions[Status], status) >= 0;

    private static int CompareAddresses(Address x, Address y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byHost = string.CompareOrdinal(x.Host ?? "", y.Host ?? "");
        return byHost != 0 ? byHost : Nullable.Compare(x.Port, y.Port);
    }

    private static int CompareAge(Member x, Member y)
    {
        if (x.Equals(y))
        {
            return 0;
        }

        return x.IsOlderThan(y) ? -1 : 1;
    }
}
