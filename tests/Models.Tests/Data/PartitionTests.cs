using FedActors.Models.Data;
using FedActors.Models.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Data;

public sealed class PartitionTests
{
    private static Gen<(PartitionRecipe Recipe, ImageSet Images)> Cases { get; } =
        from images in Gen.Choose(20, 300)
        from classes in Gen.Choose(1, 10)
        from clients in Gen.Choose(1, 20)
        from samples in Gen.Choose(0, images / clients)
        from kind in Gen.Elements(PartitionKind.Iid, PartitionKind.LabelSorted, PartitionKind.Dirichlet)
        from alpha in Gen.Elements(0.001, 0.1, 1, 100)
        from seed in Gen.Choose(0, int.MaxValue)
        select (
            new PartitionRecipe(kind, clients, samples == 0 ? null : samples, alpha, (ulong)seed),
            SmallImages.Labelled(images, classes, (ulong)seed));

    [Fact]
    public void Shards_are_disjoint_and_of_the_size_asked_for()
    {
        Properties.Hold(Cases, drawn =>
        {
            var shards = Partitions.Create(drawn.Recipe, drawn.Images);
            var all = shards.Indices.SelectMany(shard => shard).ToArray();
            var share = drawn.Images.Count / drawn.Recipe.Clients;

            Assert.Equal(drawn.Recipe.Clients, shards.Count);
            Assert.Equal(all.Length, all.Distinct().Count());
            Assert.All(all, index => Assert.InRange(index, 0, drawn.Images.Count - 1));
            Assert.All(shards.Indices, shard => Assert.InRange(
                shard.Length, drawn.Recipe.SamplesPerClient ?? share, drawn.Recipe.SamplesPerClient ?? (share + 1)));
        }, count: 300);
    }

    [Fact]
    public void Same_recipe_gives_the_same_shards()
    {
        Properties.Hold(Cases, drawn => Assert.Equal(
            Partitions.Create(drawn.Recipe, drawn.Images).Indices.AsEnumerable(),
            Partitions.Create(drawn.Recipe, drawn.Images).Indices));
    }

    [Theory]
    [InlineData(PartitionKind.Iid)]
    [InlineData(PartitionKind.LabelSorted)]
    [InlineData(PartitionKind.Dirichlet)]
    public void Seed_matters(PartitionKind kind)
    {
        var images = SmallImages.Labelled(200, 10, 1);

        Assert.NotEqual(
            Partitions.Create(new PartitionRecipe(kind, 10, null, 1, Seed: 1), images).Indices.AsEnumerable(),
            Partitions.Create(new PartitionRecipe(kind, 10, null, 1, Seed: 2), images).Indices);
    }

    [Fact]
    public void Without_a_number_of_samples_iid_and_label_sorted_use_every_image()
    {
        var images = SmallImages.Labelled(103, 10, 1);

        Assert.All([PartitionKind.Iid, PartitionKind.LabelSorted], kind => Assert.Equal(
            103, Partitions.Create(new PartitionRecipe(kind, 10, null, 1, 1), images).Indices.Sum(shard => shard.Length)));
    }

    [Fact]
    public void Label_sorted_keeps_the_first_of_contiguous_blocks()
    {
        // 60 images with labels 0, 1, 2 in turn: sorted stably, each class is 20 long and makes two blocks of 10.
        var images = SmallImages.Random(60, classes: 3);
        var shards = Partitions.Create(new PartitionRecipe(PartitionKind.LabelSorted, 6, 4, 1, 1), images);

        int[][] blocks = [[0, 3, 6, 9], [30, 33, 36, 39], [1, 4, 7, 10], [31, 34, 37, 40], [2, 5, 8, 11], [32, 35, 38, 41]];
        Assert.Equal(blocks, shards.Indices.OrderBy(shard => shard[0] % 3).ThenBy(shard => shard[0]));
        Assert.NotEqual(blocks, shards.Indices);
    }

    [Fact]
    public void Small_alpha_concentrates_classes_and_a_large_one_spreads_them()
    {
        var images = SmallImages.Labelled(10_000, 10, 1);

        // The mean share of a client's greatest class: 1/10 if all are equal, 1 if it has a single one.
        Assert.InRange(MeanGreatestShare(images, 0.05), 0.75, 1);
        Assert.InRange(MeanGreatestShare(images, 1_000), 0.1, 0.25);
    }

    [Fact]
    public void Impossible_recipes_are_refused_with_what_is_possible()
    {
        var images = SmallImages.Labelled(100, 10, 1);

        AssertRefused(images, new PartitionRecipe(PartitionKind.Iid, 0, null, 1, 1), "between 1 and 100");
        AssertRefused(images, new PartitionRecipe(PartitionKind.Iid, 101, null, 1, 1), "between 1 and 100");
        AssertRefused(images, new PartitionRecipe(PartitionKind.Iid, 10, 11, 1, 1), "between 1 and 10");
        AssertRefused(images, new PartitionRecipe(PartitionKind.LabelSorted, 10, 0, 1, 1), "between 1 and 10");
        AssertRefused(images, new PartitionRecipe(PartitionKind.Dirichlet, 10, null, 0, 1), "alpha");
        AssertRefused(images, new PartitionRecipe(PartitionKind.Dirichlet, 10, null, double.NaN, 1), "alpha");
        AssertRefused(images, new PartitionRecipe((PartitionKind)9, 10, null, 1, 1), "9");
    }

    private static double MeanGreatestShare(ImageSet images, double alpha) =>
        Partitions.Create(new PartitionRecipe(PartitionKind.Dirichlet, 50, 100, alpha, 1), images)
            .Indices.Average(shard => images.CountByClass(shard).Max() / (double)shard.Length);

    private static void AssertRefused(ImageSet images, PartitionRecipe recipe, string detail) => Assert.Contains(
        detail, Assert.Throws<ArgumentException>(() => Partitions.Create(recipe, images)).Message, StringComparison.Ordinal);
}
