namespace FedActors.Actors.Devices;

/// <summary>What an assignment cost.</summary>
/// <param name="Loss">Mean training loss in nats; NaN where no training ended.</param>
/// <param name="Seconds">Seconds of computation.</param>
/// <param name="Restarts">Times the trainer was replaced.</param>
public sealed record TrainingMetrics(double Loss, double Seconds, int Restarts);
