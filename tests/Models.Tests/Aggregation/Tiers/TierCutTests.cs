using FedActors.Models.Aggregation.Tiers;
using FedActors.Models.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Aggregation.Tiers;

public sealed class TierCutTests
{
    private static Gen<int[]> Latencies { get; } = Gen.Choose(1, 20).SelectMany(count => Gen.Choose(0, 30).ArrayOf(count));

    [Fact]
    public void Tiers_are_cut_where_latency_jumps_most() =>
        Assert.Equal([0, 2, 0, 1, 2, 1], Cut(3, 1, 40, 2, 9, 41, 10));

    [Fact]
    public void Clients_of_one_latency_stay_together_although_there_could_be_more_tiers()
    {
        Assert.Equal([0, 0, 0, 1, 1], Cut(3, 2, 2, 2, 7, 7));
        Assert.Equal([0, 0], Cut(3, 5, 5));
    }

    [Fact]
    public void Of_equal_jumps_the_one_between_faster_clients_is_cut()
    {
        Assert.Equal([0, 1, 1, 1], Cut(2, 0, 5, 10, 15));
        Assert.Equal([0, 1, 2, 2], Cut(3, 0, 5, 10, 15));
    }

    [Fact]
    public void One_tier_holds_all() => Assert.Equal([0, 0, 0], Cut(1, 1, 100, 3));

    [Fact]
    public void Nobody_is_in_no_tier() => Assert.Empty(Cut(3));

    [Fact]
    public void Tiers_are_numbered_without_gaps_and_slower_clients_are_never_in_a_faster_tier()
    {
        Properties.Hold(Latencies.SelectMany(seconds => Gen.Choose(1, 6).Select(tiers => (seconds, tiers))), sample =>
        {
            var (seconds, tiers) = sample;
            var cut = Cut(tiers, seconds);

            Assert.Equal(Math.Min(tiers, seconds.Distinct().Count()), cut.Distinct().Count());
            Assert.Equal(Enumerable.Range(0, cut.Distinct().Count()), cut.Distinct().Order());
            var ordered = seconds.Zip(cut).OrderBy(pair => pair.First).Select(pair => pair.Second).ToArray();
            Assert.Equal(ordered.Order(), ordered);
        });
    }

    [Fact]
    public void Fewer_than_one_tier_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Cut(0, 1));

    private static int[] Cut(int tiers, params int[] seconds) =>
        [.. TierCut.Cut([.. seconds.Select(latency => TimeSpan.FromSeconds(latency))], tiers)];
}
