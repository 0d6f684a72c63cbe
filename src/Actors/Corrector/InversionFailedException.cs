namespace FedActors.Actors.Corrector;

/// <summary>An inversion threw.</summary>
public sealed class InversionFailedException(long job, Exception cause)
    : Exception($"Inversion job {job} failed: {cause.Message}", cause)
{
    /// <summary>The job that failed.</summary>
    public long Job { get; } = job;
}
