namespace FedActors.Models.Data;

/// <summary>The extents of one image.</summary>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The bytes of one image: channels × height × width.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>The shape as people write it, for example <c>1×28×28</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Channels}×{Height}×{Width}";
}
