using Akka.Actor;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Actors.Corrector;

/// <summary>The conversation between the corrector and an inverter. It never leaves the process.</summary>
public static class InverterProtocol
{
    /// <summary>Work for an inverter.</summary>
    /// <param name="Job">Tells apart all jobs of a corrector.</param>
    public abstract record Work(long Job) : INoSerializationVerificationNeeded;

    /// <summary>Corrector to inverter: find data that mimic an update, and judge an earlier estimate by it.</summary>
    /// <param name="Job">Number of the job.</param>
    /// <param name="Update">What to invert; its start is held.</param>
    /// <param name="Begin">Data to start from; null to start from nothing.</param>
    /// <param name="LookBack">The estimate that the update, now that it is here, is the truth of; or null.</param>
    public sealed record Invert(long Job, StaleUpdate Update, WarmStart? Begin, PastConversion? LookBack) : Work(Job);

    /// <summary>Corrector to inverter: compute what reconstructed data do to parameters.</summary>
    public sealed record Replay(long Job, Reconstruction Reconstruction, ParameterVector Parameters, int Samples) : Work(Job);

    /// <summary>Corrector to inverter: nobody waits for this job any more.</summary>
    public sealed record Cancel(long Job) : INoSerializationVerificationNeeded;

    /// <summary>Inverter to corrector: data were found.</summary>
    /// <param name="Job">Number of the job.</param>
    /// <param name="Result">What was found.</param>
    /// <param name="EstimateError">E1 of the estimate that was looked back at; NaN without one.</param>
    /// <param name="StaleError">E2 likewise.</param>
    /// <param name="Seconds">What it cost.</param>
    public sealed record Inverted(long Job, InversionResult Result, double EstimateError, double StaleError, double Seconds)
        : INoSerializationVerificationNeeded;

    /// <summary>Inverter to corrector: the estimate Δ̂.</summary>
    public sealed record Replayed(long Job, ParameterVector Estimate, double Seconds) : INoSerializationVerificationNeeded;

    /// <summary>Inverter to corrector: the job was given up as it was told.</summary>
    public sealed record Cancelled(long Job) : INoSerializationVerificationNeeded;

    /// <summary>Worker to inverter: the work threw.</summary>
    public sealed record WorkFailed(long Job, Exception Cause) : INoSerializationVerificationNeeded;

    /// <summary>Death watch to corrector: an inverter has ended; <see cref="StalenessCorrectorActor"/> starts another.</summary>
    public sealed record InverterEnded(int Inverter, int Incarnation) : INoSerializationVerificationNeeded;
}
