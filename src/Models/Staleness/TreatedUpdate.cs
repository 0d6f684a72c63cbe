using FedActors.Models.Parameters;

namespace FedActors.Models.Staleness;

/// <summary>What enters an aggregation in place of an update.</summary>
/// <param name="Update">As long as the update that arrived.</param>
/// <param name="Factor">How much it counts, from 0 to 1; <see cref="DiscountTarget"/> says what the factor multiplies.</param>
public sealed record TreatedUpdate(ParameterVector Update, double Factor = 1);
