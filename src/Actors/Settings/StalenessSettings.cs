using FedActors.Models.Staleness;

namespace FedActors.Actors.Settings;

/// <summary>What is made of a stale update.</summary>
/// <param name="Policy">The policy with its parameters.</param>
/// <param name="Discount">Whether the policy's factor scales the update itself or its aggregation weight.</param>
public sealed record StalenessSettings(IStalenessPolicy Policy, DiscountTarget Discount);
