namespace TorchSharp.Kernels;

/// <summary>The part of an input plane that one pooled pixel sees.</summary>
internal readonly struct PoolingWindow
{
    private readonly int _paddedArea;

    public PoolingWindow(
        int row, int column, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int padHeight,
        int padWidth)
    {
        var top = row * strideHeight - padHeight;
        var left = column * strideWidth - padWidth;

        // The divisor counts padding, but not what a window reaches beyond the padding.
        _paddedArea = (Math.Min(top + kernelHeight, height + padHeight) - top) * (Math.Min(left + kernelWidth, width + padWidth) - left);
        Bottom = Math.Min(top + kernelHeight, height);
        Right = Math.Min(left + kernelWidth, width);
        Top = Math.Max(top, 0);
        Left = Math.Max(left, 0);
    }

    public int Top { get; }

    public int Bottom { get; }

    public int Left { get; }

    public int Right { get; }

    public int Divisor(bool countPadding) => countPadding ? _paddedArea : (Bottom - Top) * (Right - Left);
}
