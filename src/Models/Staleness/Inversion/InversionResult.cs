namespace FedActors.Models.Staleness.Inversion;

/// <summary>What an inversion yields.</summary>
/// <param name="Next">The best data found, as the client's next inversion may start from them.</param>
/// <param name="FirstDisparity">d of the data it began with.</param>
/// <param name="Disparity">d of the best data; infinite where it was never a number.</param>
/// <param name="Nothing">d of no data at all: how far the client's update is from none.</param>
/// <param name="Iterations">How often d and its gradients were computed.</param>
public sealed record InversionResult(
    WarmStart Next, double FirstDisparity, double Disparity, double Nothing, int Iterations)
{
    /// <summary>The best data found.</summary>
    public Reconstruction Reconstruction => Next.Reconstruction;

    /// <summary>Whether the data explain the update at all.</summary>
    public bool Explains => Disparity < Nothing;
}
