using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Akka.Cluster;

/// <summary>
/// How many changes of each node a state contains. Of two states one is newer, if it has all changes of the other and more,
/// or they are concurrent, if each has changes that the other lacks.
/// </summary>
public sealed class VectorClock
{
    private static readonly VectorClock Nothing = new(ImmutableSortedDictionary<Node, long>.Empty);

    private VectorClock(ImmutableSortedDictionary<Node, long> versions) => Versions = versions;

    /// <summary>What the left clock is, seen from the right one.</summary>
    public enum Ordering
    {
        After,
        Before,
        Same,
        Concurrent,
        FullOrder,
    }

    public ImmutableSortedDictionary<Node, long> Versions { get; }

    public static VectorClock Create() => Nothing;

    public static VectorClock Create(ImmutableSortedDictionary<Node, long> seedValues) => new(seedValues);

    public static bool operator >(VectorClock left, VectorClock right) => left.IsAfter(right);

    public static bool operator <(VectorClock left, VectorClock right) => left.IsBefore(right);

    public static bool operator ==(VectorClock left, VectorClock right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(VectorClock left, VectorClock right) => !(left == right);

    /// <summary>One more change by a node.</summary>
    public VectorClock Increment(Node node) => new(Versions.SetItem(node, Versions.GetValueOrDefault(node) + 1));

    public bool IsConcurrentWith(VectorClock that) => CompareTo(that) == Ordering.Concurrent;

    public bool IsBefore(VectorClock that) => CompareTo(that) == Ordering.Before;

    public bool IsAfter(VectorClock that) => CompareTo(that) == Ordering.After;

    public bool IsSameAs(VectorClock that) => CompareTo(that) == Ordering.Same;

    public Ordering CompareTo(VectorClock that)
    {
        if (ReferenceEquals(this, that) || ReferenceEquals(Versions, that.Versions))
        {
            return Ordering.Same;
        }

        return (LacksSomethingOf(that), that.LacksSomethingOf(this)) switch
        {
            (false, false) => Ordering.Same,
            (true, false) => Ordering.Before,
            (false, true) => Ordering.After,
            _ => Ordering.Concurrent,
        };
    }

    /// <summary>The clock of a state that has the changes of both.</summary>
    public VectorClock Merge(VectorClock that)
    {
        var merged = Versions.ToBuilder();
        foreach (var (node, version) in that.Versions)
        {
            merged[node] = Math.Max(version, merged.GetValueOrDefault(node));
        }

        return new VectorClock(merged.ToImmutable());
    }

    /// <summary>Forgets a node.</summary>
    public VectorClock Prune(Node removedNode) => Versions.ContainsKey(removedNode) ? new VectorClock(Versions.Remove(removedNode)) : this;

    public override bool Equals(object obj) => obj is VectorClock other && IsSameAs(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (node, version) in Versions)
        {
            hash.Add(node);
            hash.Add(version);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"VectorClock({string.Join(", ", Versions.Select(p => $"{p.Key} -> {p.Value}"))})";

    private bool LacksSomethingOf(VectorClock that)
    {
        foreach (var (node, version) in that.Versions)
        {
            if (Versions.GetValueOrDefault(node) < version)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A node as it appears in a clock: by a digest of its name, which is the same everywhere.</summary>
    public class Node : IComparable<Node>
    {
        private const int DigestBytes = 16;

        private readonly string _value;

        public Node(string value) => _value = value;

        public static Node Create(string name) => new(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, DigestBytes));

        public static Node FromHash(string hash) => new(hash);

        public int CompareTo(Node other) => string.CompareOrdinal(_value, other._value);

        public override bool Equals(object obj) => obj is Node other && _value == other._value;

        public override int GetHashCode() => _value.GetHashCode();

        public override string ToString() => _value;

        internal static Node Of(UniqueAddress node) => Create($"{node.Address}-{node.Uid}");
    }
}
