using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>Sorts images by label, keeping their order within one, cuts equal blocks and deals the blocks at random.</summary>
internal static class LabelSortedPartition
{
    public static ClientShards Deal(PartitionRecipe recipe, ImageSet training)
    {
        var images = SortByLabel(training);
        var owners = Enumerable.Range(0, recipe.Clients).ToArray();
        new SeededRandom(Seeds.Derive(recipe.Seed, "partition label-sorted")).Shuffle<int>(owners);
        return Blocks.Deal(images, owners, recipe.SamplesPerClient);
    }

    private static int[] SortByLabel(ImageSet training)
    {
        var next = new int[training.Classes];
        foreach (var label in training.ClassLabels)
        {
            next[label]++;
        }

        var start = 0;
        for (var label = 0; label < next.Length; label++)
        {
            (next[label], start) = (start, start + next[label]);
        }

        var sorted = new int[training.Count];
        for (var image = 0; image < sorted.Length; image++)
        {
            sorted[next[training.ClassLabels[image]]++] = image;
        }

        return sorted;
    }
}
