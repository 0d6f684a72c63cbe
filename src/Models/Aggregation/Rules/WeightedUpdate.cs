using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>One client's update on its way into an aggregate.</summary>
/// <param name="Update">What training changed: the trained parameters less those it started from.</param>
/// <param name="Samples">How many samples it was trained on, at least 1.</param>
/// <param name="Discount">The staleness factor, finite and not negative; 1 for a fresh update.</param>
public sealed record WeightedUpdate(ParameterVector Update, int Samples, double Discount);
