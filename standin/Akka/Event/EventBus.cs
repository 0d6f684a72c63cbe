using System.Collections.Concurrent;

namespace Akka.Event;

/// <summary>Hands events to those who subscribed to their class.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private readonly Dictionary<TClassifier, List<TSubscriber>> _subscriptions = [];

    /// <summary>Who gets events of a class, found once for each class and forgotten when anybody subscribes or leaves.</summary>
    private ConcurrentDictionary<TClassifier, TSubscriber[]> _cache = new();

    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_subscriptions)
        {
            if (!_subscriptions.TryGetValue(classifier, out var subscribers))
            {
                _subscriptions.Add(classifier, subscribers = []);
            }

            if (subscribers.Contains(subscriber))
            {
                return false;
            }

            subscribers.Add(subscriber);
            _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return true;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_subscriptions)
        {
            var removed = _subscriptions.Values.Count(subscribers => subscribers.Remove(subscriber)) > 0;
            _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return removed;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_subscriptions)
        {
            var removed = _subscriptions.TryGetValue(classifier, out var subscribers) && subscribers.Remove(subscriber);
            _cache = new ConcurrentDictionary<TClassifier, TSubscriber[]>();
            return removed;
        }
    }

    public virtual void Publish(TEvent @event)
    {
        var eventClass = GetClassifier(@event);
        var cache = Volatile.Read(ref _cache);
        if (!cache.TryGetValue(eventClass, out var subscribers))
        {
            subscribers = FindSubscribers(@event, eventClass);
        }

        foreach (var subscriber in subscribers)
        {
            Publish(@event, subscriber);
        }
    }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    protected string SimpleName(object source) => SimpleName(source.GetType());

    protected string SimpleName(Type source) => source.Name;

    private TSubscriber[] FindSubscribers(TEvent @event, TClassifier eventClass)
    {
        lock (_subscriptions)
        {
            var found = _subscriptions
                .Where(subscription => Classify(@event, subscription.Key))
                .SelectMany(subscription => subscription.Value)
                .Distinct()
                .ToArray();
            _cache[eventClass] = found;
            return found;
        }
    }
}
