using FedActors.Actors.Federation;
using FedActors.Models.Randomness;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Actors.Corrector;

/// <summary>Applies the inversion of <see cref="Models.Staleness.Inversion"/> to the updates of one run. Safe to use from several threads.</summary>
/// <param name="plan">The run.</param>
/// <param name="policy">How updates are inverted.</param>
/// <param name="time">Measures what it costs.</param>
public sealed class UpdateInverter(FederationPlan plan, GradientInversion policy, TimeProvider time)
{
    private readonly InputRange _range = InputRange.Of(plan.Data.Training);

    /// <summary>Finds data that mimic an update, and judges the estimate that the update is the truth of.</summary>
    public InverterProtocol.Inverted Invert(InverterProtocol.Invert work, CancellationToken token)
    {
        var started = time.GetTimestamp();
        var update = work.Update;
        var start = update.Start ?? throw new ArgumentException("The start of the update is not held.", nameof(work));
        var descent = DescentOf(update.Samples);
        var inversion = new UpdateInversion(plan.Network, policy.Recipe, _range, plan.Device);
        var result = inversion.Run(
            start,
            update.Delta,
            descent,
            work.Begin,
            Seeds.Derive(plan.Settings.Seed, "inversion", update.Client, update.AssignmentId),
            token);
        var (estimateError, staleError) = (double.NaN, double.NaN);
        if (work.LookBack is { } past)
        {
            var estimate = past.Reconstruction.UpdateFrom(plan.Network, start, descent, token, plan.Device);
            estimateError = DisparityMeasure.Between(policy.Recipe.Disparity, estimate, update.Delta);
            staleError = DisparityMeasure.Between(policy.Recipe.Disparity, past.Stale, update.Delta);
        }

        return new InverterProtocol.Inverted(
            work.Job, result, estimateError, staleError, time.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Computes the update that reconstructed data cause from given parameters.</summary>
    public InverterProtocol.Replayed Replay(InverterProtocol.Replay work, CancellationToken token)
    {
        var started = time.GetTimestamp();
        var estimate = work.Reconstruction.UpdateFrom(plan.Network, work.Parameters, DescentOf(work.Samples), token, plan.Device);
        return new InverterProtocol.Replayed(work.Job, estimate, time.GetElapsedTime(started).TotalSeconds);
    }

    private UnrolledDescent DescentOf(int samples) =>
        UnrolledDescent.For(plan.Settings.Training, samples, policy.Recipe.EveryBatch);
}
