using System.Collections.Immutable;
using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation.Tiers;

/// <summary>
/// The models of tiers of clients, fastest tier first, and how often each was updated (FedAT, Chai et al., 2021). Immutable.
/// </summary>
/// <param name="Models">The newest model of each tier; null for a tier that has not reported yet.</param>
/// <param name="Updates">How often each tier was updated.</param>
public sealed record TierModels(ImmutableArray<ParameterVector?> Models, ImmutableArray<long> Updates)
{
    /// <summary>Tiers of which none has reported.</summary>
    public static TierModels None(int tiers) => new([.. new ParameterVector?[tiers]], [.. new long[tiers]]);

    /// <summary>Enters the newest model of a tier.</summary>
    public TierModels With(int tier, ParameterVector model) =>
        new(Models.SetItem(tier, model), Updates.SetItem(tier, Updates[tier] + 1));

    /// <summary>
    /// The mean of the tiers' models. FedAT weighs tier m of M by the updates of tier M + 1 − m, so that the slowest gets
    /// the weight of the fastest. Tiers without a model do not count: while the slow ones are silent, their silence would
    /// else hold the model where it began.
    /// </summary>
    /// <exception cref="InvalidOperationException">No tier has reported.</exception>
    public ParameterVector Average()
    {
        var present = Enumerable.Range(0, Models.Length).Where(tier => Models[tier] is not null).ToArray();
        if (present.Length == 0)
        {
            throw new InvalidOperationException("No tier has reported yet.");
        }

        var total = present.Sum(tier => Updates[tier]);
        var sum = new double[Models[present[0]]!.Length];
        for (var place = 0; place < present.Length; place++)
        {
            var weight = Updates[present[^(place + 1)]] / (double)total;
            var model = Models[present[place]]!.Span;
            for (var index = 0; index < sum.Length; index++)
            {
                sum[index] += weight * model[index];
            }
        }

        return ParameterVector.Create(sum.Length, values =>
        {
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = (float)sum[index];
            }
        });
    }
}
