using System.Collections.Immutable;

namespace FedActors.Models.Training;

/// <summary>How good parameters are on a set of images.</summary>
/// <param name="Accuracy">The fraction of images whose greatest logit is that of their class, from 0 to 1.</param>
/// <param name="Loss">The mean cross-entropy in nats; NaN where a logit is.</param>
/// <param name="ClassAccuracy">The accuracy over the images of each class; 0 for a class without images.</param>
public sealed record EvaluationResult(double Accuracy, double Loss, ImmutableArray<double> ClassAccuracy);
