using Akka.Actor;
using FedActors.Actors.Devices;

namespace FedActors.Actors.Aggregator;

/// <summary>
/// Mail kept until the run goes on, in the order in which it first came. Devices repeat what is not answered: the
/// repetition takes the place of what it repeats, so that there is no more than devices have to say.
/// </summary>
internal sealed class KeptMail
{
    private readonly List<Envelope> _mail = [];
    private readonly Dictionary<object, int> _places = [];

    /// <summary>Keeps a message.</summary>
    public void Keep(object message, IActorRef sender)
    {
        var envelope = new Envelope(message, sender);
        var topic = TopicOf(message, sender);
        if (_places.TryAdd(topic, _mail.Count))
        {
            _mail.Add(envelope);
        }
        else
        {
            _mail[_places[topic]] = envelope;
        }
    }

    /// <summary>Hands out all that is kept, and keeps it no longer.</summary>
    public IReadOnlyList<Envelope> TakeAll()
    {
        IReadOnlyList<Envelope> all = [.. _mail];
        _mail.Clear();
        _places.Clear();
        return all;
    }

    /// <summary>What two messages share when the later one makes up for the earlier.</summary>
    private static object TopicOf(object message, IActorRef sender) => message switch
    {
        // Nobody can push out another client's report by one on its assignment.
        ClientProtocol.Report report => (report.AssignmentId, report.Client),
        ClientProtocol.FetchVersion fetch => (fetch.Version, sender),
        _ => new object(),
    };
}
