using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>Shuffles all images and cuts them into equal blocks.</summary>
internal static class IidPartition
{
    public static ClientShards Deal(PartitionRecipe recipe, ImageSet training)
    {
        var images = Enumerable.Range(0, training.Count).ToArray();
        new SeededRandom(Seeds.Derive(recipe.Seed, "partition iid")).Shuffle<int>(images);
        var owners = Enumerable.Range(0, recipe.Clients).ToArray();
        return Blocks.Deal(images, owners, recipe.SamplesPerClient);
    }
}
