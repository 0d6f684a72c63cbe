namespace FedActors.Models.Staleness.Guards;

/// <summary>
/// Decides whether a stale update carries knowledge that fresher ones lack: whether it is further from its nearest
/// neighbour among them than they are from theirs.
/// </summary>
/// <remarks>
/// Neighbours are sought among the updates that started from about the <em>same base version</em>, not among those that
/// arrive at the same time: so what tells updates apart is data, not the forty versions that the model moved. A client
/// whose class others hold too has a near neighbour, however different the other classes are; a client with an exclusive
/// class has none. That is why the nearest neighbour is compared, and not the mean.
/// </remarks>
public sealed record UniquenessGuard
{
    /// <summary>How many versions the base of a neighbour may lie from that of the stale update, at least 0. Default 10.</summary>
    public long Window { get; init; } = 10;

    /// <summary>The share of neighbours, in (0, 1], whose own nearest distance must be exceeded. Default 0.5.</summary>
    public double Quantile { get; init; } = 0.5;

    /// <summary>By which factor it must be exceeded, positive. Default 1.3.</summary>
    public double Margin { get; init; } = 1.3;

    /// <summary>With fewer neighbours nothing can be said, and the update counts as unique. At least 2. Default 8.</summary>
    public int MinNeighbours { get; init; } = 8;

    /// <summary>Only so many neighbours are looked at, those of the nearest base versions. At least <see cref="MinNeighbours"/>. Default 128.</summary>
    public int MaxNeighbours { get; init; } = 128;

    /// <summary>Decides on one update.</summary>
    /// <param name="stale">The stale update.</param>
    /// <param name="arrived">All that is remembered of earlier arrivals, in the order of arrival.</param>
    /// <returns>Whether the update is unique. The decision depends on the arguments alone.</returns>
    public bool IsUnique(ObservedUpdate stale, IEnumerable<ObservedUpdate> arrived)
    {
        ArgumentNullException.ThrowIfNull(stale);
        ArgumentNullException.ThrowIfNull(arrived);

        // Other slow devices may hold the same rare data: only clearly fresher updates count as company.
        var neighbours = arrived
            .Where(other => other.Client != stale.Client
                && Math.Abs(other.BaseVersion - stale.BaseVersion) <= Window
                && 2 * other.Staleness <= stale.Staleness)
            .OrderBy(other => Math.Abs(other.BaseVersion - stale.BaseVersion))
            .Take(MaxNeighbours)
            .ToArray();
        if (neighbours.Length < MinNeighbours)
        {
            return true;
        }

        var usual = NearestDistances(neighbours);
        if (usual.Length < MinNeighbours)
        {
            return true;
        }

        Array.Sort(usual);
        var bound = usual[Math.Min(usual.Length - 1, (int)(Quantile * usual.Length))];
        return neighbours.Min(other => other.Sketch.DistanceTo(stale.Sketch)) > Margin * bound;
    }

    /// <summary>The distance of each to the nearest of another client; without those for whom there is none.</summary>
    private static double[] NearestDistances(ObservedUpdate[] updates)
    {
        var nearest = Enumerable.Repeat(double.PositiveInfinity, updates.Length).ToArray();
        for (var one = 0; one < updates.Length; one++)
        {
            for (var other = one + 1; other < updates.Length; other++)
            {
                if (updates[one].Client == updates[other].Client)
                {
                    continue;
                }

                var distance = updates[one].Sketch.DistanceTo(updates[other].Sketch);
                nearest[one] = Math.Min(nearest[one], distance);
                nearest[other] = Math.Min(nearest[other], distance);
            }
        }

        return [.. nearest.Where(double.IsFinite)];
    }
}
