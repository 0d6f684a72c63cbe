namespace FedActors.Models.Staleness.Inversion;

/// <summary>What a client's next inversion starts from.</summary>
/// <param name="Reconstruction">The data found last.</param>
/// <param name="ColdSize">
/// d(0, Δ) of the update that the data were first found for. As updates shrink, so do the steps of later searches: steps of
/// the first size would throw good data away before they find better ones.
/// </param>
public sealed record WarmStart(Reconstruction Reconstruction, double ColdSize);
