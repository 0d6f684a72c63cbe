using System.Collections.Immutable;
using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>Variant data: the images of every client, and those of the test, turn from one domain into another.</summary>
/// <remarks>
/// All of it is a function of (seed, data, round). Labels and counts never change, and what is replaced once stays
/// replaced. The test drifts as the clients do, so that it measures the mixture that they hold.
/// </remarks>
public sealed class DataDrift
{
    private readonly DriftSchedule _schedule;
    private readonly ImmutableArray<DriftingImages> _shards;
    private readonly DriftingImages _test;

    /// <summary>A drift.</summary>
    /// <param name="data">The data set, with its second domain.</param>
    /// <param name="shards">Which training images each client has before the drift.</param>
    /// <param name="schedule">How fast the data drifts.</param>
    /// <param name="seed">The seed of every random choice.</param>
    /// <exception cref="ArgumentException">The data set has no second domain.</exception>
    public DataDrift(DataSet data, ClientShards shards, DriftSchedule schedule, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(shards);
        var second = data.Second
            ?? throw new ArgumentException($"The data set '{data.Name}' has no second domain to drift to.", nameof(data));
        _schedule = schedule;
        var training = Find(second.Both.Training, data.Training, "training");
        _shards =
        [
            .. shards.Indices.Select((images, client) =>
                new DriftingImages(images, training, Seeds.Derive(seed, "drift of client", client))),
        ];
        _test = new DriftingImages(
            [.. Enumerable.Range(0, data.Test.Count)],
            Find(second.Both.Test, data.Test, "test"),
            Seeds.Derive(seed, "drift of test"));

        Counterparts Find(ImageSet both, ImageSet first, string part) =>
            new(both, first.Count, second.IsPaired, Seeds.Derive(seed, $"drift, {part}"));
    }

    /// <summary>The images of a client, as indices into the training images of both domains.</summary>
    /// <param name="client">The number of the client, from 0.</param>
    /// <param name="round">Rounds that are over when the client is given its work.</param>
    public int[] ShardOf(int client, int round) => At(_shards[client], round);

    /// <summary>The images to measure a model on, as indices into the test images of both domains.</summary>
    /// <param name="round">Rounds that are over.</param>
    public int[] TestAt(int round) => At(_test, round);

    private int[] At(DriftingImages images, int round) => images.At(_schedule.Replaced(images.Count, round));
}
