namespace FedActors.Actors.Aggregator;

/// <summary>
/// The events of a run in virtual time, in the order of their times. An arrival takes its turn only when its outcome
/// has been computed: until then the time stands still, and so the order never depends on which core was faster.
/// </summary>
public sealed class VirtualTimeline
{
    private readonly PriorityQueue<TimelineEvent, Key> _events = new();
    private readonly Dictionary<long, AssignmentOutcome> _outcomes = [];

    /// <summary>Enters the arrival of an assignment's update.</summary>
    public void Expect(Assignment assignment) =>
        _events.Enqueue(new TimelineEvent.Arrival(assignment), new Key(assignment.Due, Precedence.Arrival, assignment.Id));

    /// <summary>Enters the end of a round. It comes before arrivals of the same instant: those belong to the next round.</summary>
    public void EndRound(int round, TimeSpan at) =>
        _events.Enqueue(new TimelineEvent.RoundEnd(round), new Key(at, Precedence.RoundEnd, round));

    /// <summary>Enters the deadline of a round. It comes after arrivals of the same instant: those are in time.</summary>
    public void PassDeadline(int round, TimeSpan at) =>
        _events.Enqueue(new TimelineEvent.Deadline(round), new Key(at, Precedence.Deadline, round));

    /// <summary>Files the outcome of an expected assignment. Only the first one counts.</summary>
    public bool Resolve(long assignment, AssignmentOutcome outcome) => _outcomes.TryAdd(assignment, outcome);

    /// <summary>Whether the outcome of the assignment is filed and waits for its time.</summary>
    public bool IsResolved(long assignment) => _outcomes.ContainsKey(assignment);

    /// <summary>Takes the earliest event, unless it is an arrival whose outcome is not known yet.</summary>
    /// <param name="next">The event.</param>
    /// <param name="at">Its time.</param>
    /// <param name="outcome">Outcome of an arrival, else null.</param>
    public bool TryTake(out TimelineEvent next, out TimeSpan at, out AssignmentOutcome? outcome)
    {
        outcome = null;
        if (!_events.TryPeek(out next!, out var key))
        {
            at = default;
            return false;
        }

        at = key.At;
        if (next is TimelineEvent.Arrival arrival && !_outcomes.Remove(arrival.Assignment.Id, out outcome))
        {
            return false;
        }

        _events.Dequeue();
        return true;
    }

    private enum Precedence
    {
        RoundEnd,
        Arrival,
        Deadline,
    }

    private readonly record struct Key(TimeSpan At, Precedence Precedence, long Sequence) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            var byTime = At.CompareTo(other.At);
            if (byTime != 0)
            {
                return byTime;
            }

            var byPrecedence = Precedence.CompareTo(other.Precedence);
            return byPrecedence != 0 ? byPrecedence : Sequence.CompareTo(other.Sequence);
        }
    }
}
