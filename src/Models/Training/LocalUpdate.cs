using FedActors.Models.Parameters;

namespace FedActors.Models.Training;

/// <summary>What local training yields.</summary>
/// <param name="Delta">The trained parameters less those it started from. Not finite where training diverged.</param>
/// <param name="Loss">
/// The mean cross-entropy over the samples of the last epoch, each taken just before the step that used it; without
/// the proximal term.
/// </param>
/// <param name="Samples">How many samples it was trained on.</param>
public sealed record LocalUpdate(ParameterVector Delta, double Loss, int Samples);
