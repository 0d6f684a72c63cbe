using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer;

namespace FedActors.Actors.Tests.Transfer;

public sealed class VectorCacheTests
{
    private const int Length = 10;
    private const long Size = Length * sizeof(float);

    [Fact]
    public void What_was_not_asked_for_longest_goes_first()
    {
        var cache = new VectorCache(2 * Size);
        cache.Add("a", Small.Vector(Length, 1));
        cache.Add("b", Small.Vector(Length, 2));
        cache.Find("a");

        cache.Add("c", Small.Vector(Length, 3));

        Assert.NotNull(cache.Find("a"));
        Assert.Null(cache.Find("b"));
        Assert.NotNull(cache.Find("c"));
        Assert.Equal(2 * Size, cache.Size);
    }

    [Fact]
    public void A_name_that_is_entered_again_stands_for_the_new_vector()
    {
        var cache = new VectorCache(2 * Size);
        cache.Add("a", Small.Vector(Length, 1));

        cache.Add("a", Small.Vector(Length, 2));

        Assert.Equal(Small.Vector(Length, 2), cache.Find("a"));
        Assert.Equal(Size, cache.Size);
    }

    [Fact]
    public void A_vector_above_the_budget_is_not_kept_and_drives_nothing_out()
    {
        var cache = new VectorCache(2 * Size);
        cache.Add("a", Small.Vector(Length, 1));

        cache.Add("big", Small.Vector(3 * Length, 2));

        Assert.Null(cache.Find("big"));
        Assert.NotNull(cache.Find("a"));
    }
}
