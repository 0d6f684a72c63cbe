using FedActors.Host.Comparison.Html;

namespace FedActors.Host.Tests.Comparison.Html;

public sealed class EndLabelsTests
{
    [Fact]
    public void Labels_with_room_stay_where_they_are() =>
        Assert.Equal([50, 10, 30], EndLabels.Spread([50, 10, 30], gap: 15, low: 0, high: 100).AsEnumerable());

    [Fact]
    public void Labels_that_would_cover_each_other_move_apart_evenly() =>
        Assert.Equal([42.5, 57.5], EndLabels.Spread([50, 50], gap: 15, low: 0, high: 100).AsEnumerable());

    [Fact]
    public void Moved_labels_push_their_neighbours() =>
        Assert.Equal([30, 45, 60], EndLabels.Spread([40, 45, 50], gap: 15, low: 0, high: 100).AsEnumerable());

    [Theory]
    [InlineData(0, 0, 15)]
    [InlineData(100, 85, 100)]
    public void Labels_stay_inside(double wanted, double first, double second) =>
        Assert.Equal([first, second], EndLabels.Spread([wanted, wanted], gap: 15, low: 0, high: 100).AsEnumerable());
}
