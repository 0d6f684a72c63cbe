using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FedActors.Actors.Devices;
using FedActors.Actors.Settings;
using FedActors.Models.Aggregation.Tiers;
using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Randomness;
using FedActors.Models.Staleness;
using FedActors.Models.Tensors;

namespace FedActors.Actors.Federation;

/// <summary>A run ready to start: the settings, and all that follows from them and the data.</summary>
public sealed class FederationPlan
{
    private readonly LatencyModel _latencies;
    private readonly DataDrift? _drift;
    private readonly int[] _test;

    private FederationPlan(
        FederationSettings settings,
        DataSet data,
        INetwork network,
        TensorDevice device,
        ClientShards shards,
        ImmutableHashSet<int> slowClients,
        DeviceTrace? trace)
    {
        Settings = settings;
        Device = device;
        _test = [.. Enumerable.Range(0, data.Test.Count)];
        if (settings.Data.Drift is { } drift)
        {
            var schedule = new DriftSchedule(drift.Rate, settings.Rounds);
            _drift = new DataDrift(data, shards, schedule, Seeds.Derive(settings.Seed, "drift"));
            data = data.Second!.Both;
        }

        Data = data;
        Network = network;
        Shards = shards;
        SlowClients = slowClients;
        _latencies = new LatencyModel(settings, shards, slowClients, (long)network.Layout.Count * sizeof(float), trace);
        TierOfClient = settings.Staleness.Policy is Tiers tiers
            ? TierCut.Cut([.. Enumerable.Range(0, shards.Count).Select(TypicalLatencyOf)], tiers.Count)
            : [];
        Fingerprint = ComputeFingerprint(trace);
    }

    /// <summary>What was asked for.</summary>
    public FederationSettings Settings { get; }

    /// <summary>
    /// Training and test images, shared read-only by all clients; where the data drifts, those of both domains.
    /// <see cref="ShardOf"/> and <see cref="TestAt"/> choose among them.
    /// </summary>
    public DataSet Data { get; }

    /// <summary>The network that is trained.</summary>
    public INetwork Network { get; }

    /// <summary>Where it is trained and measured.</summary>
    public TensorDevice Device { get; }

    /// <summary>Which training images each client holds, before any drift.</summary>
    public ClientShards Shards { get; }

    /// <summary>Numbers of the slow clients.</summary>
    public ImmutableHashSet<int> SlowClients { get; }

    /// <summary>Versions of the model that are kept in memory, at least 2.</summary>
    public int VersionsInMemory =>
        (int)Math.Clamp(Settings.Journal.VersionMemory / (sizeof(float) * (long)Network.Layout.Count), 2, int.MaxValue);

    /// <summary>The tier of each client by its latency, 0 for the fastest; empty under other policies than <c>tiers</c>.</summary>
    public ImmutableArray<int> TierOfClient { get; }

    /// <summary>
    /// Hash of all that decides the bits of a run, in hex. A checkpoint of one fingerprint means nothing to a run of
    /// another. The number of rounds, evaluation and journal may change between interruption and resumption; but not the
    /// rounds of a run whose data drifts, because they are the measure of the drift.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Deals the data, chooses the slow devices, and checks that settings, network and data fit each other.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="data">The data set that the settings name, with a second domain where they let it drift.</param>
    /// <param name="trace">The trace that the settings name; null where they name none.</param>
    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    /// <exception cref="DeviceUnavailableException">This machine lacks the device that the settings name.</exception>
    /// <exception cref="TorchUnavailableException">libtorch can't be loaded.</exception>
    public static FederationPlan Create(FederationSettings settings, DataSet data, DeviceTrace? trace = null)
    {
        if (settings.Devices.Trace is { } file && trace is null)
        {
            throw new ArgumentException($"devices.trace names {file}, but the trace was not read.", nameof(trace));
        }

        var network = NetworkCatalogue.Get(settings.Network);
        if (network.Input != data.Training.Shape)
        {
            throw new ArgumentException(
                $"The network {network.Name} takes images of {Describe(network.Input)}, but those of {data.Name} are "
                + $"{Describe(data.Training.Shape)}. Choose another network or another data set.");
        }

        if (network.Classes != data.Training.Classes)
        {
            throw new ArgumentException(
                $"The network {network.Name} knows {network.Classes} classes, but {data.Name} has {data.Training.Classes}.");
        }

        RequireClass(settings.Evaluation.WatchClass, "evaluation.watch-class", data);
        if (settings.Devices.Slow.Choose == SlowChoice.MostOfClass)
        {
            RequireClass(settings.Devices.Slow.Class, "devices.slow.class", data);
        }

        var dealt = settings.Data;
        var shards = Partitions.Create(
            new PartitionRecipe(
                dealt.Partition, dealt.Clients, dealt.SamplesPerClient, dealt.Alpha, Seeds.Derive(settings.Seed, "partition")),
            data.Training);
        var device = TensorDevice.Choose(settings.Device);
        return new FederationPlan(settings, data, network, device, shards, ChooseSlow(settings, data, shards), trace);
    }

    /// <summary>
    /// Time from an assignment to the arrival of its update: a function of (seed, client, assignment). The reference
    /// policy <c>fresh</c> knows no delay.
    /// </summary>
    public TimeSpan LatencyOf(int client, long assignment) => _latencies.Of(client, assignment);

    /// <summary>The median of a client's latencies: what there is to know of them before the work is given.</summary>
    public TimeSpan TypicalLatencyOf(int client) => _latencies.Typical(client);

    /// <summary>The training images that a client uses for an assignment.</summary>
    /// <param name="client">The number of the client, from 0.</param>
    /// <param name="round">Round in which it was given, from 0.</param>
    /// <returns>Indices into the training images, which nobody may change. Always as many.</returns>
    public int[] ShardOf(int client, int round) => _drift?.ShardOf(client, round) ?? Shards[client];

    /// <summary>The test images for a measurement.</summary>
    /// <param name="round">Rounds that are over.</param>
    /// <returns>Indices into the test images, which nobody may change. Always as many.</returns>
    public int[] TestAt(int round) => _drift?.TestAt(round) ?? _test;

    private string ComputeFingerprint(DeviceTrace? trace)
    {
        var decisive = Settings with
        {
            Name = "",
            Device = Device.Kind,
            Rounds = _drift is null ? 0 : Settings.Rounds,
            Data = Settings.Data with { Path = null },
            Devices = Settings.Devices with { Trace = trace?.Fingerprint },
            Evaluation = new EvaluationSettings(1, null),
            Journal = new JournalSettings(TimeSpan.Zero),
        };
        var slow = string.Join(' ', SlowClients.Order());
        var text = $"{Network.Layout.Fingerprint} {Data.Training.Count} {slow} {decisive}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static ImmutableHashSet<int> ChooseSlow(FederationSettings settings, DataSet data, ClientShards shards)
    {
        var slow = settings.Devices.Slow;
        switch (slow.Choose)
        {
            case SlowChoice.MostOfClass:
                return [.. ClassHolders.MostOfClass(shards, data.Training, slow.Class, slow.Count)];
            case SlowChoice.List:
                var unknown = slow.Clients.Where(client => client < 0 || client >= shards.Count).ToList();
                return unknown.Count == 0
                    ? [.. slow.Clients]
                    : throw new ArgumentException(
                        $"devices.slow.clients names {string.Join(", ", unknown)}, but clients are numbered 0 to {shards.Count - 1}.");
            case SlowChoice.Random:
                var numbers = Enumerable.Range(0, shards.Count).ToArray();
                new SeededRandom(Seeds.Derive(settings.Seed, "slow devices")).Shuffle(numbers.AsSpan());
                return [.. numbers.Take(slow.Count ?? shards.Count)];
            default:
                return [];
        }
    }

    private static void RequireClass(int? index, string key, DataSet data)
    {
        if (index is { } value && (value < 0 || value >= data.Training.Classes))
        {
            throw new ArgumentException(
                $"{key} is {value}, but the classes of {data.Name} are numbered 0 to {data.Training.Classes - 1}.");
        }
    }

    private static string Describe(ImageShape shape) => $"{shape.Channels}×{shape.Height}×{shape.Width}";
}
