namespace Akka.Actor.Internal;

/// <summary>
/// The handlers of one behaviour of a <see cref="ReceiveActor"/>, tried in the order in which they were added. For each type
/// of message that comes, the handlers that could fit are found once.
/// </summary>
internal sealed class MessageHandlers
{
    private readonly List<(Type Type, Func<object, bool> Handle)> _handlers = [];
    private Dictionary<Type, Func<object, bool>[]> _candidates;
    private bool _isClosed;

    /// <exception cref="InvalidOperationException">A handler that takes everything was added before.</exception>
    public void Add(Type type, Func<object, bool> handle, bool takesEverything)
    {
        if (_isClosed)
        {
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        }

        _isClosed = takesEverything;
        _handlers.Add((type, handle));
    }

    public bool TryHandle(object message)
    {
        _candidates ??= [];
        var type = message.GetType();
        if (!_candidates.TryGetValue(type, out var candidates))
        {
            candidates = [.. _handlers.Where(h => h.Type.IsAssignableFrom(type)).Select(h => h.Handle)];
            _candidates.Add(type, candidates);
        }

        foreach (var handle in candidates)
        {
            if (handle(message))
            {
                return true;
            }
        }

        return false;
    }
}
