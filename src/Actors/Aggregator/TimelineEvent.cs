namespace FedActors.Actors.Aggregator;

/// <summary>Something that happens at a virtual time.</summary>
public abstract record TimelineEvent
{
    private TimelineEvent()
    {
    }

    /// <summary>An assignment's update arrives, or turns out to be lost.</summary>
    public sealed record Arrival(Assignment Assignment) : TimelineEvent;

    /// <summary>A round of fixed duration ends.</summary>
    public sealed record RoundEnd(int Round) : TimelineEvent;

    /// <summary>The deadline of a synchronous round passes.</summary>
    public sealed record Deadline(int Round) : TimelineEvent;
}
