namespace FedActors.Models.Data;

/// <summary>Deals training images to clients.</summary>
public static class Partitions
{
    /// <summary>Deals images as a recipe says. The same recipe and images give the same shards.</summary>
    /// <param name="recipe">How to deal.</param>
    /// <param name="training">The images.</param>
    /// <returns>Disjoint shards, one for each client, none empty.</returns>
    /// <exception cref="ArgumentException">The recipe asks for what is impossible; the message says what is allowed.</exception>
    public static ClientShards Create(PartitionRecipe recipe, ImageSet training)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(training);
        Validate(recipe, training.Count);
        return recipe.Kind switch
        {
            PartitionKind.Iid => IidPartition.Deal(recipe, training),
            PartitionKind.LabelSorted => LabelSortedPartition.Deal(recipe, training),
            PartitionKind.Dirichlet => DirichletPartition.Deal(recipe, training),
            _ => throw new ArgumentException($"There is no partition '{recipe.Kind}'.", nameof(recipe)),
        };
    }

    private static void Validate(PartitionRecipe recipe, int images)
    {
        if (recipe.Clients < 1 || recipe.Clients > images)
        {
            throw new ArgumentException(
                $"{recipe.Clients} clients can't share {images} images: between 1 and {images} can.",
                nameof(recipe));
        }

        var share = images / recipe.Clients;
        if (recipe.SamplesPerClient is { } samples && (samples < 1 || samples > share))
        {
            throw new ArgumentException(
                $"{recipe.Clients} clients can't have {samples} images each: {images} images allow between 1 and {share}.", nameof(recipe));
        }

        if (recipe.Kind == PartitionKind.Dirichlet && !(recipe.Alpha > 0 && double.IsFinite(recipe.Alpha)))
        {
            throw new ArgumentException(
                $"The concentration alpha of a Dirichlet partition is a positive number, not {recipe.Alpha}.",
                nameof(recipe));
        }
    }
}
