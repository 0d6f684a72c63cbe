namespace FedActors.Models.Data;

/// <summary>A data set: what clients train on, and what the global model is measured on.</summary>
/// <param name="Name">The name in the catalogue, for example <c>mnist</c>.</param>
/// <param name="Training">The training images.</param>
/// <param name="Test">The test images; same shape, classes and normalisation.</param>
public sealed record DataSet(string Name, ImageSet Training, ImageSet Test)
{
    /// <summary>What the images can drift to; null where nobody asked for a drift.</summary>
    public SecondDomain? Second { get; init; }
}
