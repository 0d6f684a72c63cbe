using Akka.Actor;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>The state of the cluster for those who are no actors, kept up to date by an actor that listens.</summary>
internal sealed class ClusterReadView : IDisposable
{
    private readonly Cluster _cluster;
    private readonly IActorRef _listener;
    private volatile CurrentClusterState _state = new();

    public ClusterReadView(Cluster cluster)
    {
        _cluster = cluster;
        _listener = cluster.System.SystemActorOf(
            Props.Create(() => new Listener(cluster, this)).WithDispatcher(cluster.Settings.UseDispatcher).WithDeploy(Deploy.Local),
            "clusterEventBusListener");
    }

    public CurrentClusterState State => _state;

    /// <summary>This node, with status removed before it joins and after it has left.</summary>
    public Member Self
    {
        get
        {
            var self = Member.Create(_cluster.SelfUniqueAddress, _cluster.SelfRoles, _cluster.Settings.AppVersion).Copy(MemberStatus.Removed);
            return _state.Members.TryGetValue(self, out var member) ? member : self;
        }
    }

    public void Dispose() => _listener.Tell(PoisonPill.Instance, ActorRefs.NoSender);

    private sealed class Listener : ReceiveActor
    {
        private readonly Cluster _cluster;
        private readonly ClusterReadView _view;

        public Listener(Cluster cluster, ClusterReadView view)
        {
            _cluster = cluster;
            _view = view;
            Receive<CurrentClusterState>(state => _view._state = state);
            Receive<IClusterDomainEvent>(change =>
            {
                _view._state = After(_view._state, change);
                if (cluster.Settings.LogInfoVerbose && change is not SeenChanged)
                {
                    cluster.LogInfo("event {0}", change.GetType().Name);
                }
            });
        }

        protected override void PreStart() => _cluster.Subscribe(Self, typeof(IClusterDomainEvent));

        protected override void PostStop() => _cluster.Unsubscribe(Self);

        private static CurrentClusterState After(CurrentClusterState state, IClusterDomainEvent change)
        {
            switch (change)
            {
                case SeenChanged seen:
                    return state.Copy(seenBy: seen.SeenBy);
                case MemberRemoved removed:
                    return state.Copy(members: state.Members.Remove(removed.Member), unreachable: state.Unreachable.Remove(removed.Member));
                case UnreachableMember unreachable:
                    return state.Copy(unreachable: state.Unreachable.Remove(unreachable.Member).Add(unreachable.Member));
                case ReachableMember reachable:
                    return state.Copy(unreachable: state.Unreachable.Remove(reachable.Member));
                case IMemberEvent { Member: var member }:
                    // Members are equal by address, so that the old one has to go first.
                    return state.Copy(
                        members: state.Members.Remove(member).Add(member),
                        unreachable: state.Unreachable.Contains(member) ? state.Unreachable.Remove(member).Add(member) : null);
                case LeaderChanged leader:
                    return state.WithLeader(leader.Leader);
                case RoleLeaderChanged leader:
                    return state.Copy(roleLeaderMap: state.RoleLeaderMap.SetItem(leader.Role, leader.Leader));
                default:
                    return state;
            }
        }
    }
}
