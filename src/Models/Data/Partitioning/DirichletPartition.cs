using System.Collections.Immutable;
using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>
/// Draws the class proportions of each client from Dir(α·1) and then its images, one by one and without replacement
/// (Hsu, Qi and Brown, 2019). Where a class has run out, its share falls to the classes that are left.
/// </summary>
internal static class DirichletPartition
{
    public static ClientShards Deal(PartitionRecipe recipe, ImageSet training)
    {
        var random = new SeededRandom(Seeds.Derive(recipe.Seed, "partition dirichlet"));
        var pools = ShuffledClasses(training, random);
        var shards = new int[recipe.Clients][];
        var samples = recipe.SamplesPerClient ?? (training.Count / recipe.Clients);

        // Those who come late find classes used up: the order of clients must not decide who that is.
        var order = Enumerable.Range(0, recipe.Clients).ToArray();
        random.Shuffle<int>(order);
        foreach (var client in order)
        {
            shards[client] = Draw(samples, LogProportions(recipe.Alpha, pools.Length, random), pools, random);
        }

        return new ClientShards(ImmutableArray.Create(shards));
    }

    private static Stack<int>[] ShuffledClasses(ImageSet training, SeededRandom random)
    {
        var images = Enumerable.Range(0, training.Count).ToArray();
        random.Shuffle<int>(images);
        var pools = Enumerable.Range(0, training.Classes).Select(_ => new Stack<int>()).ToArray();
        foreach (var image in images)
        {
            pools[training.ClassLabels[image]].Push(image);
        }

        return pools;
    }

    // A Dirichlet variable is a vector of gamma variables over their sum; logarithms survive a small alpha.
    private static double[] LogProportions(double alpha, int classes, SeededRandom random)
    {
        var logarithms = new double[classes];
        for (var label = 0; label < classes; label++)
        {
            logarithms[label] = random.NextLogGamma(alpha);
        }

        return logarithms;
    }

    private static int[] Draw(int samples, double[] logProportions, Stack<int>[] pools, SeededRandom random)
    {
        var shard = new int[samples];
        var weights = Weights(logProportions, pools);
        for (var sample = 0; sample < samples; sample++)
        {
            var label = Pick(weights, random);
            shard[sample] = pools[label].Pop();
            if (pools[label].Count == 0)
            {
                weights = Weights(logProportions, pools);
            }
        }

        return shard;
    }

    // Relative to the greatest that is left, so that at least one weight is 1 however small the proportions are.
    private static double[] Weights(double[] logProportions, Stack<int>[] pools)
    {
        var greatest = double.NegativeInfinity;
        for (var label = 0; label < pools.Length; label++)
        {
            if (pools[label].Count > 0)
            {
                greatest = Math.Max(greatest, logProportions[label]);
            }
        }

        var weights = new double[pools.Length];
        for (var label = 0; label < pools.Length; label++)
        {
            weights[label] = pools[label].Count > 0 ? Math.Exp(logProportions[label] - greatest) : 0;
        }

        return weights;
    }

    private static int Pick(double[] weights, SeededRandom random)
    {
        var target = random.NextDouble() * weights.Sum();
        var last = -1;
        for (var label = 0; label < weights.Length; label++)
        {
            if (weights[label] == 0)
            {
                continue;
            }

            last = label;
            target -= weights[label];
            if (target < 0)
            {
                break;
            }
        }

        return last;
    }
}
