using Akka.Actor;

namespace FedActors.Actors.Corrector;

/// <summary>
/// The inverters of a corrector and the jobs that wait for one: those that an arrived update waits for come first, in the
/// order they were given, then those begun ahead of time.
/// </summary>
internal sealed class InverterCrew
{
    private readonly Func<int, int, IActorRef> _hire;
    private readonly Member[] _members;
    private readonly PriorityQueue<InverterProtocol.Work, (bool Ahead, long Job)> _waiting = new();

    // What is dismissed leaves this set at once, and the queue when its turn comes.
    private readonly HashSet<long> _wanted = [];

    /// <summary>Hires inverters.</summary>
    /// <param name="size">How many, at least 1.</param>
    /// <param name="hire">Starts an inverter, given its number and its incarnation.</param>
    public InverterCrew(int size, Func<int, int, IActorRef> hire)
    {
        _hire = hire;
        _members = [.. Enumerable.Range(0, size).Select(number => new Member(hire(number, 0)))];
    }

    /// <summary>Gives a job to the next free inverter.</summary>
    /// <param name="work">The job.</param>
    /// <param name="ahead">Whether nobody waits for it yet.</param>
    public void Give(InverterProtocol.Work work, bool ahead)
    {
        _waiting.Enqueue(work, (ahead, work.Job));
        _wanted.Add(work.Job);
        Assign();
    }

    /// <summary>Takes a job back, whether it waits or is at work.</summary>
    public void Dismiss(long job)
    {
        if (_members.FirstOrDefault(member => member.Work?.Job == job) is { } member)
        {
            member.Inverter.Tell(new InverterProtocol.Cancel(job));
        }
        else
        {
            _wanted.Remove(job);
        }
    }

    /// <summary>Takes back all jobs.</summary>
    public void DismissAll()
    {
        _waiting.Clear();
        _wanted.Clear();
        foreach (var member in _members.Where(member => member.Work is not null))
        {
            member.Inverter.Tell(new InverterProtocol.Cancel(member.Work!.Job));
        }
    }

    /// <summary>Notes that an inverter is done with a job, and gives it the next.</summary>
    public void Free(long job)
    {
        foreach (var member in _members.Where(member => member.Work?.Job == job))
        {
            member.Work = null;
        }

        Assign();
    }

    /// <summary>Notes that an inverter ended, and hires another in its place.</summary>
    /// <returns>The job it was at work on, or null.</returns>
    public InverterProtocol.Work? Replace(InverterProtocol.InverterEnded ended)
    {
        var member = _members[ended.Inverter];
        if (member.Incarnation != ended.Incarnation)
        {
            return null;
        }

        var work = member.Work;
        member.Incarnation++;
        member.Inverter = _hire(ended.Inverter, member.Incarnation);
        member.Work = null;
        Assign();
        return work;
    }

    private void Assign()
    {
        foreach (var member in _members.Where(member => member.Work is null))
        {
            if (!TryNext(out var work))
            {
                return;
            }

            member.Work = work;
            member.Inverter.Tell(work);
        }
    }

    private bool TryNext(out InverterProtocol.Work work)
    {
        while (_waiting.TryDequeue(out work!, out _))
        {
            if (_wanted.Remove(work.Job))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Member(IActorRef inverter)
    {
        public IActorRef Inverter { get; set; } = inverter;

        public int Incarnation { get; set; }

        public InverterProtocol.Work? Work { get; set; }
    }
}
