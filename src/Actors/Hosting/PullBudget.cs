using Akka.Actor;

namespace FedActors.Actors.Hosting;

/// <summary>
/// Bounds the bytes of updates that are on their way into the aggregator: each has its share from the start of its pull
/// until it is answered. Whoever finds no room waits its turn.
/// </summary>
/// <param name="capacity">The bound in bytes. One update alone may exceed it.</param>
public sealed class PullBudget(long capacity)
{
    private readonly Dictionary<IActorRef, long> _held = [];
    private readonly LinkedList<(IActorRef Who, long Size)> _waiting = new();

    /// <summary>Bytes given out.</summary>
    public long Held { get; private set; }

    /// <summary>Asks for room. Who holds or awaits some already gets no more.</summary>
    /// <returns>Those that have room from now on.</returns>
    public IReadOnlyList<IActorRef> Ask(IActorRef who, long size)
    {
        if (!_held.ContainsKey(who) && !_waiting.Any(waiting => waiting.Who.Equals(who)))
        {
            _waiting.AddLast((who, size));
        }

        return GiveOut();
    }

    /// <summary>Gives room back, or the turn in the queue.</summary>
    /// <returns>Those that have room from now on.</returns>
    public IReadOnlyList<IActorRef> Return(IActorRef who)
    {
        if (_held.Remove(who, out var size))
        {
            Held -= size;
        }

        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Who.Equals(who))
            {
                _waiting.Remove(node);
                break;
            }
        }

        return GiveOut();
    }

    private List<IActorRef> GiveOut()
    {
        var served = new List<IActorRef>();
        while (_waiting.First is { } first && (Held == 0 || Held + first.Value.Size <= capacity))
        {
            var (who, size) = first.Value;
            _waiting.RemoveFirst();
            _held.Add(who, size);
            Held += size;
            served.Add(who);
        }

        return served;
    }
}
