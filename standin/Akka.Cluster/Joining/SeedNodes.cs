using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Asking the daemons of seed nodes. The asker has to be a child of the daemon here.</summary>
internal static class SeedNodes
{
    public static void Ask(IActorContext context, IEnumerable<Address> seedNodes)
    {
        foreach (var node in seedNodes)
        {
            context.ActorSelection(context.Parent.Path.ToStringWithAddress(node)).Tell(new JoinProtocol.InitJoin(), context.Self);
        }
    }
}
