using System.Collections.Immutable;

namespace FedActors.Host.Comparison.Html;

/// <summary>Finds places for labels beside the ends of curves.</summary>
internal static class EndLabels
{
    /// <summary>Moves labels apart that would cover each other, each as little as the others allow.</summary>
    /// <param name="wanted">Where the labels would best be.</param>
    /// <param name="gap">The least distance between two.</param>
    /// <param name="low">The least place.</param>
    /// <param name="high">The greatest place; exceeded where there are too many labels.</param>
    /// <returns>The places, in the order of the labels.</returns>
    public static ImmutableArray<double> Spread(IReadOnlyList<double> wanted, double gap, double low, double high)
    {
        var order = wanted.Index().OrderBy(label => label.Item).Select(label => label.Index).ToArray();
        var places = new double[wanted.Count];
        // Groups of labels that touch; each stands around the mean of what its labels want.
        var groups = new List<(int First, int Count, double Start)>();
        for (var next = 0; next < order.Length; next++)
        {
            var group = (First: next, Count: 1, Start: Clamp(wanted[order[next]], 1));
            while (groups.Count > 0 && groups[^1].Start + (groups[^1].Count * gap) > group.Start)
            {
                group = Join(groups[^1], group);
                groups.RemoveAt(groups.Count - 1);
            }

            groups.Add(group);
        }

        foreach (var (first, count, start) in groups)
        {
            for (var member = 0; member < count; member++)
            {
                places[order[first + member]] = start + (member * gap);
            }
        }

        return [.. places];

        (int First, int Count, double Start) Join((int First, int Count, double Start) above, (int First, int Count, double Start) below)
        {
            var count = above.Count + below.Count;
            var start = Enumerable.Range(0, count).Average(member => wanted[order[above.First + member]] - (member * gap));
            return (above.First, count, Clamp(start, count));
        }

        double Clamp(double start, int count) => Math.Max(low, Math.Min(start, high - ((count - 1) * gap)));
    }
}
