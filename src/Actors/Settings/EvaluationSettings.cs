namespace FedActors.Actors.Settings;

/// <summary>When the global model is measured. The last round always is.</summary>
/// <param name="Every">Rounds between evaluations, at least 1.</param>
/// <param name="WatchClass">A class whose accuracy is shown beside the overall one, or null.</param>
public sealed record EvaluationSettings(int Every, int? WatchClass);
