namespace FedActors.Actors.Aggregator;

/// <summary>Ids from <paramref name="First"/> to <paramref name="Last"/>, both among them.</summary>
public readonly record struct IdRange(long First, long Last)
{
    /// <summary>Whether an id is among them.</summary>
    public bool Contains(long id) => id >= First && id <= Last;

    /// <summary>The ranges that are left without an id that is among these: none, one or two.</summary>
    public IEnumerable<IdRange> Without(long id)
    {
        if (id > First)
        {
            yield return this with { Last = id - 1 };
        }

        if (id < Last)
        {
            yield return this with { First = id + 1 };
        }
    }
}
