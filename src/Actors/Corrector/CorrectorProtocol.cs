using Akka.Actor;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;

namespace FedActors.Actors.Corrector;

/// <summary>The conversation between the aggregator and the staleness corrector. It never leaves the process.</summary>
public static class CorrectorProtocol
{
    /// <summary>Aggregator to corrector, before all else: forget everything and go on from this state.</summary>
    /// <param name="State">The state, as a checkpoint holds it or at the start.</param>
    /// <param name="Version">The version that the next updates will be added to.</param>
    public sealed record Restore(CorrectorState State, long Version) : INoSerializationVerificationNeeded;

    /// <summary>
    /// Aggregator to corrector: this update has been computed, but arrives later, and will probably be stale. Its inversion
    /// may begin; whether it is used is decided at its arrival.
    /// </summary>
    public sealed record Prepare(StaleUpdate Update, TimeSpan Due) : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to corrector: this update arrived and was aggregated as it is; what was prepared for it is in vain.</summary>
    public sealed record Observe(long AssignmentId, int Client, long BaseVersion, long Staleness, ParameterVector Update)
        : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to corrector: this update arrived stale; what shall be aggregated? Answered by <see cref="Corrected"/>.</summary>
    /// <param name="Update">What arrived.</param>
    /// <param name="Staleness">τ in versions, above 0.</param>
    /// <param name="Version">t, the version it will be added to.</param>
    /// <param name="Current">The parameters of that version.</param>
    public sealed record Correct(StaleUpdate Update, long Staleness, long Version, ParameterVector Current)
        : INoSerializationVerificationNeeded;

    /// <summary>Corrector to aggregator: aggregate this; null for nothing.</summary>
    public sealed record Corrected(long AssignmentId, TreatedUpdate? Treated, CorrectionReport Report)
        : INoSerializationVerificationNeeded;

    /// <summary>Aggregator to corrector: the next version is made. Answered by <see cref="VersionClosed"/>.</summary>
    /// <param name="Next">The version that later updates will be added to.</param>
    public sealed record CloseVersion(long Next) : INoSerializationVerificationNeeded;

    /// <summary>Corrector to aggregator: the state between both versions.</summary>
    /// <param name="Next">As it was told.</param>
    /// <param name="State">What to keep.</param>
    /// <param name="Weight">γ, the weight of estimates from now on.</param>
    /// <param name="WastedSeconds">Seconds of inversions begun ahead of time and not used.</param>
    public sealed record VersionClosed(long Next, CorrectorState State, double Weight, double WastedSeconds)
        : INoSerializationVerificationNeeded;

    /// <summary>
    /// Corrector to the event stream of the actor system, for whoever studies conversions: this estimate was made.
    /// </summary>
    /// <param name="Update">The stale update.</param>
    /// <param name="Version">t, the version it was estimated for.</param>
    /// <param name="Current">The parameters of that version.</param>
    /// <param name="Estimate">Δ̂.</param>
    public sealed record EstimateMade(StaleUpdate Update, long Version, ParameterVector Current, ParameterVector Estimate)
        : INoSerializationVerificationNeeded;

    /// <summary>Corrector to federation: I was restarted and know nothing of what was asked.</summary>
    public sealed record CorrectorRestarted : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static readonly CorrectorRestarted Instance = new();
    }
}
