using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Util;

namespace Akka.Cluster.Serialization;

/// <summary>
/// How a gossip travels: the nodes once, everything else by their indices. Who wrote it is checked to have made sense: a
/// member appears once, and only members have seen it or observe others.
/// </summary>
internal static class GossipFormat
{
    public static void Write(WireWriter to, Gossip gossip)
    {
        var index = gossip.Members.Select((member, i) => (member.UniqueAddress, i)).ToDictionary(pair => pair.UniqueAddress, pair => pair.i);
        to.List(gossip.Members, member => WriteMember(to, member));
        to.List(gossip.SeenBy.Where(index.ContainsKey).ToArray(), node => to.Int(index[node]));

        var reachability = gossip.Overview.Reachability;
        to.List(reachability.Versions.Where(pair => index.ContainsKey(pair.Key)).ToArray(), pair =>
        {
            to.Int(index[pair.Key]);
            to.Long(pair.Value);
        });
        to.List(reachability.Records.Where(r => index.ContainsKey(r.Observer) && index.ContainsKey(r.Subject)).ToArray(), record =>
        {
            to.Int(index[record.Observer]);
            to.Int(index[record.Subject]);
            to.Byte((byte)record.Status);
            to.Long(record.Version);
        });
        WriteClock(to, gossip.Version);
    }

    public static Gossip Read(WireReader from)
    {
        var members = from.List(() => ReadMember(from));
        var all = members.ToImmutableSortedSet();
        if (all.Count != members.Length)
        {
            throw new SerializationException("A gossip holds a member twice.");
        }

        UniqueAddress Node() => members[from.Index(members.Length)].UniqueAddress;
        var seen = from.List(Node).ToImmutableHashSet();
        var versions = from.List(() => KeyValuePair.Create(Node(), from.Long()));
        var records = from.List(() => new ReachabilityRecord(Node(), Node(), ReadStatus(from), from.Long()));
        if (versions.DistinctBy(pair => pair.Key).Count() != versions.Length
            || records.DistinctBy(record => (record.Observer, record.Subject)).Count() != records.Length)
        {
            throw new SerializationException("A gossip holds an observation twice.");
        }

        return new Gossip(all, new GossipOverview(seen, Reachability.Create(versions, records)), ReadClock(from));
    }

    public static void WriteClock(WireWriter to, VectorClock clock) => to.List(clock.Versions, pair =>
    {
        to.Text(pair.Key.ToString());
        to.Long(pair.Value);
    });

    public static VectorClock ReadClock(WireReader from)
    {
        var versions = ImmutableSortedDictionary.CreateBuilder<VectorClock.Node, long>();
        foreach (var (node, version) in from.List(() => (VectorClock.Node.FromHash(from.Text()), from.Long())))
        {
            versions[node] = version;
        }

        return VectorClock.Create(versions.ToImmutable());
    }

    public static AppVersion ReadVersion(WireReader from)
    {
        var text = from.Text();
        try
        {
            return AppVersion.Create(text);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new SerializationException($"[{text}] is no version of a program.", e);
        }
    }

    private static void WriteMember(WireWriter to, Member member)
    {
        to.Node(member.UniqueAddress);
        to.Int(member.UpNumber);
        to.Byte((byte)member.Status);
        to.List(member.Roles, to.Text);
        to.Text(member.AppVersion.Version);
    }

    private static Member ReadMember(WireReader from)
    {
        var node = from.Node();
        var upNumber = from.Int();
        var status = (MemberStatus)from.Byte();
        if (!Enum.IsDefined(status) || status == MemberStatus.Removed)
        {
            throw new SerializationException($"A member can't have the status {status}.");
        }

        return new Member(node, upNumber, status, [.. from.List(from.Text)], ReadVersion(from));
    }

    private static ReachabilityStatus ReadStatus(WireReader from)
    {
        var status = (ReachabilityStatus)from.Byte();
        return Enum.IsDefined(status) ? status : throw new SerializationException($"{status} is no reachability.");
    }
}
