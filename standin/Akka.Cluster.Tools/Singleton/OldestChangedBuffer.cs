using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Notices when another member becomes the oldest, and tells its manager of one such change at a time, when it asks for the
/// next: a manager in the middle of a hand-over can't deal with another.
/// </summary>
internal sealed class OldestChangedBuffer : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Queue<object> _changes = [];
    private readonly string _role;
    private ImmutableSortedSet<Member> _byAge = ImmutableSortedSet.Create(Member.AgeOrdering);
    private bool _asked;
    private volatile bool _stopped;

    public OldestChangedBuffer(string role)
    {
        _role = role;
        AddShutdownTask();
        Receive<ClusterEvent.CurrentClusterState>(Begin);
        Receive<ClusterEvent.MemberUp>(up => Change(() => Add(up.Member)));
        Receive<ClusterEvent.MemberRemoved>(removed => Change(() => Remove(removed.Member)));
        Receive<ClusterEvent.MemberExited>(exited =>
        {
            // Of its own exit the node hears in its own time, by the coordinated shutdown.
            if (exited.Member.UniqueAddress != _cluster.SelfUniqueAddress)
            {
                Change(() => Remove(exited.Member));
            }
        });
        Receive<ClusterEvent.IMemberEvent>(_ => { });
        Receive<SelfExiting>(_ =>
        {
            Change(() => Remove(_cluster.SelfMember));
            Sender.Tell(Done.Instance);
        });
        Receive<GetNext>(_ =>
        {
            _asked = true;
            Deliver();
        });
    }

    protected override void PreStart() => _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop()
    {
        _stopped = true;
        _cluster.Unsubscribe(Self);
    }

    private void Begin(ClusterEvent.CurrentClusterState state)
    {
        _byAge = _byAge.Union(state.Members.Where(m => m.UpNumber != Member.NeverUp && HasRole(m)));

        // While an older member is on its way out, its singleton may still run.
        var own = state.Members.FirstOrDefault(m => m.UniqueAddress == _cluster.SelfUniqueAddress)?.UpNumber ?? Member.NeverUp;
        var older = _byAge.TakeWhile(m => m.UpNumber <= own).ToArray();
        var safe = Array.TrueForAll(older, m => m.Status is not (MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Leaving));
        _changes.Enqueue(new InitialOldestState([.. older.Select(m => m.UniqueAddress)], safe));
        Deliver();
    }

    private void Change(Action change)
    {
        var before = _byAge.FirstOrDefault();
        change();
        var after = _byAge.FirstOrDefault();
        if (!Equals(before, after))
        {
            _changes.Enqueue(new OldestChanged(after?.UniqueAddress, before?.UniqueAddress));
            Deliver();
        }
    }

    private void Add(Member member)
    {
        if (HasRole(member))
        {
            Remove(member);
            _byAge = _byAge.Add(member);
        }
    }

    // By equality and not by age, which a member has only since it came up.
    private void Remove(Member member) => _byAge = _byAge.Except(_byAge.Where(m => m.Equals(member)));

    private bool HasRole(Member member) => _role is null || member.HasRole(_role);

    private void Deliver()
    {
        if (_asked && _changes.Count > 0 && !_cluster.IsTerminated)
        {
            _asked = false;
            Context.Parent.Tell(_changes.Dequeue());
        }
    }

    private void AddShutdownTask()
    {
        var self = Self;
        var shutdown = CoordinatedShutdown.Get(Context.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, "singleton-exiting-1", () =>
            _stopped || _cluster.IsTerminated || _cluster.SelfMember.Status == MemberStatus.Down
                ? Task.FromResult(Done.Instance)
                : self.Ask<Done>(SelfExiting.Instance, shutdown.Timeout(CoordinatedShutdown.PhaseClusterExiting)));
    }

    /// <summary>Asks for the next change.</summary>
    internal sealed class GetNext : INoSerializationVerificationNeeded
    {
        public static readonly GetNext Instance = new();
    }

    /// <summary>The members that are not younger than this node, oldest first.</summary>
    internal sealed record InitialOldestState(ImmutableList<UniqueAddress> Oldest, bool SafeToBeOldest) : INoSerializationVerificationNeeded;

    /// <summary>Another member, or none, is the oldest.</summary>
    internal sealed record OldestChanged(UniqueAddress NewOldest, UniqueAddress PreviousOldest) : INoSerializationVerificationNeeded;
}
