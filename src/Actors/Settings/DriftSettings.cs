namespace FedActors.Actors.Settings;

/// <summary>How the data drifts to a second domain.</summary>
/// <param name="Set">Name of the second data set in the catalogue, or <see cref="Inverted"/>.</param>
/// <param name="Rate">Share of the samples that is replaced when all rounds are over, above 0; above 1, all are earlier.</param>
/// <param name="Rotation">By how many degrees inverted images are turned: 0, 90, 180 or 270.</param>
public sealed record DriftSettings(string Set, double Rate, int Rotation)
{
    /// <summary>The second domain that is made of the first.</summary>
    public const string Inverted = "inverted";
}
