using FedActors.Models.Aggregation;

namespace FedActors.Actors.Settings;

/// <summary>What a client's contribution is to an aggregation.</summary>
public enum ContributionKind
{
    /// <summary>Its update, which is added.</summary>
    Updates,

    /// <summary>
    /// Its model, towards which the global model moves: (1 − α)·w_t + α·(w_v + Δ), as FedAsync mixes (Xie et al., 2019). It
    /// also pulls back what the model learned since the client's base version.
    /// </summary>
    Models,
}

/// <summary>How updates become a new version.</summary>
/// <param name="Rule">Combines the updates of a round.</param>
/// <param name="ServerOptimizer">Applies the combined update to the global model.</param>
/// <param name="Contribution">What the rule combines.</param>
public sealed record AggregationSettings(
    IAggregationRule Rule, IServerOptimizer ServerOptimizer, ContributionKind Contribution = ContributionKind.Updates);
