using FedActors.Models.Data;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Data.Drift;

public sealed class DataDriftTests
{
    private const int Rounds = 40;

    private static readonly DataSet First = new("first", SmallImages.Random(200), SmallImages.Random(50, seed: 2));

    private static readonly DataSet Other = new("other", SmallImages.Random(70, seed: 3), SmallImages.Random(30, seed: 4));

    private static readonly DataSet Inverted = SecondDomain.AddInverted(First, 90);

    private static readonly DataSet Joined = SecondDomain.Add(First, Other);

    private static readonly ClientShards Shards = Partitions.Create(
        new PartitionRecipe(PartitionKind.Iid, Clients: 4, SamplesPerClient: 40, Alpha: 1, Seed: 1), First.Training);

    [Fact]
    public void A_data_set_with_a_second_domain_is_itself_and_its_images_lie_in_memory_once()
    {
        Assert.All([Inverted, Joined], data =>
        {
            Assert.Equal((200, 50), (data.Training.Count, data.Test.Count));
            Assert.Equal(First.Training.Pixels(199).ToArray(), data.Training.Pixels(199).ToArray());
            Assert.True(data.Training.Pixels(7).Overlaps(data.Second!.Both.Training.Pixels(7)));
        });
        Assert.Equal(Other.Training.Pixels(69).ToArray(), Joined.Second!.Both.Training.Pixels(269).ToArray());
        Assert.Equal(InvertedDomain.Of(First.Test, 90).Pixels(49).ToArray(), Inverted.Second!.Both.Test.Pixels(99).ToArray());
    }

    [Fact]
    public void Of_a_client_and_of_the_test_exactly_the_share_is_replaced_and_stays_so_with_the_same_label() => Properties.Hold(
        Gen.Choose(0, 1_000_000).SelectMany(seed => Gen.Choose(1, 300).Select(rate => (seed, rate))),
        drawn =>
        {
            foreach (var data in new[] { Inverted, Joined })
            {
                var schedule = new DriftSchedule(drawn.rate / 100.0, Rounds);
                var drift = new DataDrift(data, Shards, schedule, (ulong)drawn.seed);

                AssertDrifts(data.Second!.Both.Training, Shards[2], 200, schedule, round => drift.ShardOf(2, round));
                AssertDrifts(data.Second.Both.Test, [.. Enumerable.Range(0, 50)], 50, schedule, drift.TestAt);
            }
        },
        count: 20);

    [Fact]
    public void An_inverted_image_takes_the_place_of_its_own_original()
    {
        var drift = new DataDrift(Inverted, Shards, new DriftSchedule(1, Rounds), 5);

        Assert.Equal(Shards[1].Select(image => image + 200), drift.ShardOf(1, Rounds));
    }

    [Fact]
    public void The_order_and_the_counterparts_depend_on_the_seed_and_the_client()
    {
        int[] ShardOf(ulong seed, int client, int round) =>
            new DataDrift(Joined, new ClientShards([Shards[0], Shards[0]]), new DriftSchedule(1, Rounds), seed).ShardOf(client, round);

        Assert.Equal(ShardOf(5, 0, 20), ShardOf(5, 0, 20));
        Assert.NotEqual(ShardOf(5, 0, 20), ShardOf(6, 0, 20));
        Assert.NotEqual(ShardOf(5, 0, 20), ShardOf(5, 1, 20));
        // Which image of the other set it is depends on the image alone: two clients would see the same.
        Assert.Equal(ShardOf(5, 0, Rounds), ShardOf(5, 1, Rounds));
        Assert.NotEqual(ShardOf(5, 0, Rounds), ShardOf(6, 0, Rounds));
    }

    [Fact]
    public void Counterparts_are_drawn_from_all_images_of_the_class()
    {
        var everyone = new ClientShards([[.. Enumerable.Range(0, 200)]]);

        var drawn = new DataDrift(Joined, everyone, new DriftSchedule(1, Rounds), 5).ShardOf(0, Rounds);

        // Twenty draws for each class from seven images: 2.8 draws an image are expected, and few are missed.
        Assert.InRange(drawn.Distinct().Count(), 55, 70);
    }

    [Fact]
    public void Sets_that_do_not_fit_are_refused_with_what_does_not()
    {
        var glyphs = Glyphs.Create(10, 10, 1);
        var fewClasses = new DataSet("few", SmallImages.Random(20, classes: 4), SmallImages.Random(20, classes: 4));
        var lacking = new DataSet("lacking", SmallImages.Random(7), SmallImages.Random(30));

        Assert.Contains("1×28×28", Refusal(glyphs), StringComparison.Ordinal);
        Assert.Contains("4 classes", Refusal(fewClasses), StringComparison.Ordinal);
        Assert.Contains("no image of class 7", Refusal(lacking), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DataDrift(First, Shards, new DriftSchedule(1, 1), 1));

        static string Refusal(DataSet second) => Assert.Throws<ArgumentException>(() => SecondDomain.Add(First, second)).Message;
    }

    private static void AssertDrifts(ImageSet both, int[] original, int first, DriftSchedule schedule, Func<int, int[]> at)
    {
        var before = original;
        Assert.Equal(original, at(0));
        foreach (var round in Enumerable.Range(1, Rounds))
        {
            var now = at(round);

            Assert.Equal(schedule.Replaced(original.Length, round), now.Count(image => image >= first));
            Assert.All(now.Zip(before), images => Assert.True(
                images.First == images.Second || (images.First >= first && images.Second < first)));
            before = now;
        }

        Assert.Equal(original.Select(image => both.ClassLabels[image]), before.Select(image => both.ClassLabels[image]));
    }
}
