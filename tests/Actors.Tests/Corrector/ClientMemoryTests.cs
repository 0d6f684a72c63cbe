using FedActors.Actors.Corrector;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Actors.Tests.Corrector;

public sealed class ClientMemoryTests
{
    private static readonly WarmStart Latest = new(new Reconstruction(Small.Vector(4, 1), Small.Vector(2, 2)), 1);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 7)]
    [InlineData(99, 7)]
    public void The_nearest_conversion_is_looked_back_at_and_of_two_the_earlier(long version, long expected) =>
        Assert.Equal(expected, Memory(3, 7).NearestTo(version)!.Version);

    [Fact]
    public void Without_conversions_there_is_nothing_to_look_back_at() => Assert.Null(Memory().NearestTo(3));

    [Fact]
    public void What_came_before_the_conversion_that_was_looked_back_at_is_forgotten()
    {
        var before = Memory(3, 5, 7);

        var after = ClientMemory.After(before, Conversion(9), Latest, lookedBackAt: before.NearestTo(5));

        Assert.Equal([5L, 7, 9], after.Past.Select(past => past.Version));
    }

    [Fact]
    public void A_first_conversion_is_all_that_is_remembered() =>
        Assert.Equal([4L], ClientMemory.After(null, Conversion(4), Latest, null).Past.Select(past => past.Version));

    [Fact]
    public void No_client_is_remembered_without_bounds()
    {
        ClientMemory? memory = null;
        for (var version = 0; version < 100; version++)
        {
            memory = ClientMemory.After(memory, Conversion(version), Latest, lookedBackAt: null);
        }

        Assert.Equal(Enumerable.Range(84, 16).Select(version => (long)version), memory!.Past.Select(past => past.Version));
    }

    private static ClientMemory Memory(params long[] versions) => new(Latest, [.. versions.Select(Conversion)]);

    private static PastConversion Conversion(long version) => new(version, Latest.Reconstruction, Small.Vector(3, (ulong)version));
}
