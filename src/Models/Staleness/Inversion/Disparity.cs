namespace FedActors.Models.Staleness.Inversion;

/// <summary>How far the update of reconstructed data is from the one that a client sent.</summary>
public enum Disparity
{
    /// <summary>The sum of absolute differences.</summary>
    L1,

    /// <summary>The sum of squared differences.</summary>
    L2,

    /// <summary>One minus the cosine similarity.</summary>
    Cosine,
}
