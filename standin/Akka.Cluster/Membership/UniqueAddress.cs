using Akka.Actor;

namespace Akka.Cluster;

/// <summary>One incarnation of a node: its address and the number that the process drew when it started.</summary>
public class UniqueAddress : IComparable<UniqueAddress>, IEquatable<UniqueAddress>, IComparable
{
    public UniqueAddress(Address address, int uid)
    {
        Address = address;
        Uid = uid;
    }

    public Address Address { get; }

    public int Uid { get; }

    public static bool operator ==(UniqueAddress left, UniqueAddress right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(UniqueAddress left, UniqueAddress right) => !(left == right);

    public bool Equals(UniqueAddress other) =>
        ReferenceEquals(this, other) || (other is not null && Uid == other.Uid && Address.Equals(other.Address));

    public override bool Equals(object obj) => Equals(obj as UniqueAddress);

    public override int GetHashCode() => Uid;

    public int CompareTo(UniqueAddress uniqueAddress) => CompareTo(uniqueAddress, Address.Comparer);

    int IComparable.CompareTo(object obj) => obj is UniqueAddress other
        ? CompareTo(other)
        : throw new ArgumentException($"Cannot compare a UniqueAddress with [{obj}].", nameof(obj));

    public override string ToString() => $"UniqueAddress: ({Address}, {Uid})";

    internal int CompareTo(UniqueAddress other, IComparer<Address> addresses)
    {
        ArgumentNullException.ThrowIfNull(other);
        var byAddress = addresses.Compare(Address, other.Address);
        return byAddress != 0 ? byAddress : Uid.CompareTo(other.Uid);
    }
}
