using System.Collections.Immutable;
using FedActors.Actors.Corrector;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Guards;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Actors.Journal;

/// <summary>What the corrector remembers, with the numbers of vectors in their place.</summary>
internal sealed record CorrectorHead(
    ImmutableArray<CorrectorHead.Client> Clients,
    ImmutableArray<CorrectorHead.Arrived> Observed,
    long GreatestStaleness,
    SwitchBackState SwitchBack)
{
    /// <summary>A reconstruction: the numbers of its two vectors.</summary>
    public sealed record Data(int Inputs, int LabelLogits)
    {
        public static Data Of(Reconstruction reconstruction, VectorTable vectors) =>
            new(vectors.Add(reconstruction.Inputs), vectors.Add(reconstruction.LabelLogits));
    }

    /// <summary>A conversion that may be looked back at.</summary>
    public sealed record Past(long Version, Data Reconstruction, int Stale);

    /// <summary>The memory of one client.</summary>
    public sealed record Client(int Number, Data Latest, double ColdSize, ImmutableArray<Past> Past);

    /// <summary>An update that arrived.</summary>
    public sealed record Arrived(int Client, long BaseVersion, long Staleness, int Sketch);

    public static CorrectorHead Of(CorrectorState state, VectorTable vectors) => new(
        [
            .. state.Clients.Select(pair => new Client(
                pair.Key,
                Data.Of(pair.Value.Latest.Reconstruction, vectors),
                pair.Value.Latest.ColdSize,
                [
                    .. pair.Value.Past.Select(past => new Past(
                        past.Version, Data.Of(past.Reconstruction, vectors), vectors.Add(past.Stale))),
                ])),
        ],
        [
            .. state.Observed.Select(update => new Arrived(
                update.Client, update.BaseVersion, update.Staleness, vectors.Add(update.Sketch.Buckets))),
        ],
        state.GreatestStaleness,
        state.SwitchBack);

    public CorrectorState ToState(IReadOnlyList<ParameterVector> vectors)
    {
        return new CorrectorState
        {
            Clients = Clients.ToImmutableSortedDictionary(
                client => client.Number,
                client => new ClientMemory(
                    new WarmStart(Read(client.Latest), client.ColdSize),
                    [.. client.Past.Select(past => new PastConversion(past.Version, Read(past.Reconstruction), vectors[past.Stale]))])),
            Observed =
            [
                .. Observed.Select(update => new ObservedUpdate(
                    update.Client, update.BaseVersion, update.Staleness, UpdateSketch.From(vectors[update.Sketch]))),
            ],
            GreatestStaleness = GreatestStaleness,
            SwitchBack = SwitchBack,
        };

        Reconstruction Read(Data data) => new(vectors[data.Inputs], vectors[data.LabelLogits]);
    }
}
