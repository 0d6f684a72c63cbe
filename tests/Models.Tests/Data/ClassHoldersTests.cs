using FedActors.Models.Data;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Data;

public sealed class ClassHoldersTests
{
    // Labels in turn: image i is of class i % 2.
    private static readonly ImageSet Images = SmallImages.Random(20, classes: 2);

    private static readonly ClientShards Shards = new([[0, 2, 1], [1, 3], [0, 1], [4, 6, 8, 5]]);

    [Fact]
    public void Without_a_count_all_whose_majority_it_is_are_listed_most_first() =>
        Assert.Equal([3, 0], ClassHolders.MostOfClass(Shards, Images, 0, null).ToArray());

    [Fact]
    public void Count_asks_for_the_greatest_holders() =>
        Assert.Equal([1, 0, 2], ClassHolders.MostOfClass(Shards, Images, 1, 3).ToArray());

    [Fact]
    public void Label_sorted_clients_of_a_class_are_found()
    {
        var images = SmallImages.Random(1_000, classes: 10);
        var shards = Partitions.Create(new PartitionRecipe(PartitionKind.LabelSorted, 100, 5, 1, 1), images);

        var holders = ClassHolders.MostOfClass(shards, images, 5, null);

        Assert.Equal(10, holders.Length);
        Assert.All(holders, client => Assert.Equal(5, images.CountByClass(shards[client])[5]));
    }

    [Fact]
    public void Impossible_questions_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassHolders.MostOfClass(Shards, Images, 2, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassHolders.MostOfClass(Shards, Images, -1, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassHolders.MostOfClass(Shards, Images, 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassHolders.MostOfClass(Shards, Images, 0, -1));
    }
}
