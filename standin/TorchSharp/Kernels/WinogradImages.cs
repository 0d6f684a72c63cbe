using System.Runtime.CompilerServices;
using TorchSharp.Memory;

namespace TorchSharp.Kernels;

/// <summary>
/// Some images with their channels side by side, and room for the transformed values of a block of their tiles: 16 matrices
/// [tile, channel]. Small images are taken several at a time, to fill a block.
/// </summary>
internal readonly unsafe struct WinogradImages : IDisposable
{
    private readonly int _channels;
    private readonly int _height;
    private readonly int _width;
    private readonly int _border;
    private readonly float* _pixels;
    private readonly int _imageSize;
    private readonly float* _turned;
    private readonly int* _tileOffsets;
    private readonly float* _matrices;
    private readonly nint _distance;
    private readonly nint _memory;
    private readonly long _bytes;

    /// <summary>Room for images of a 3×3 convolution's size, with the zeros around them where these are part of tiles.</summary>
    public WinogradImages(in ConvolutionShape shape, int channels, bool isPadded, int tileBlock)
    {
        _channels = channels;
        _height = shape.InHeight;
        _width = shape.InWidth;
        _border = isPadded ? 1 : 0;
        Tiles = shape.InPlane / 4;
        Group = Math.Clamp(tileBlock / Math.Max(1, Tiles), 1, Math.Max(1, shape.Batch));
        _imageSize = (_height + 2 * _border) * (_width + 2 * _border) * channels;

        // Matrices a power of two apart would compete for the same lines of the first-level cache.
        _distance = tileBlock * channels + 16;
        var pixels = (long)Group * _imageSize;
        var turned = (long)_height * _width * channels;
        _bytes = (pixels + turned + WinogradTiles.Points * _distance + Group * Tiles) * sizeof(float);
        _memory = BufferPool.Rent(_bytes);
        _pixels = (float*)_memory;
        _turned = _pixels + pixels;
        _matrices = _turned + turned;
        _tileOffsets = (int*)(_matrices + WinogradTiles.Points * _distance);
        for (var i = 0; i < Group * Tiles; i++)
        {
            var (image, tile) = Math.DivRem(i, Tiles);
            var (row, column) = Math.DivRem(tile, _width / 2);
            _tileOffsets[i] = image * _imageSize + (2 * row * (_width + 2 * _border) + 2 * column) * channels;
        }

        if (isPadded)
        {
            new Span<float>(_pixels, (int)pixels).Clear();
        }
    }

    /// <summary>Tiles of an image.</summary>
    public int Tiles { get; }

    /// <summary>Images that are taken at a time.</summary>
    public int Group { get; }

    private nint Pitch => (nint)(_width + 2 * _border) * _channels;

    public void Dispose() => BufferPool.Return(_memory, _bytes);

    /// <summary>The matrix of one of a transformed tile's values.</summary>
    public float* Matrix(int point) => _matrices + point * _distance;

    /// <summary>Takes images that have their pixels side by side.</summary>
    public void Enter<TLanes, TVector>(float* images, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var plane = _height * _width;
        for (var image = 0; image < count; image++, images += (nint)_channels * plane)
        {
            var target = _pixels + (nint)image * _imageSize;
            if (_border == 0)
            {
                Transposition.Run<TLanes, TVector>(images, plane, target, _channels, _channels, plane);
                continue;
            }

            // Rows narrower than a vector are turned together and then parted.
            var isWide = _width % TLanes.Count == 0;
            if (!isWide)
            {
                Transposition.Run<TLanes, TVector>(images, plane, _turned, _channels, _channels, plane);
            }

            for (var row = 0; row < _height; row++)
            {
                var to = target + (row + 1) * Pitch + _channels;
                if (isWide)
                {
                    Transposition.Run<TLanes, TVector>(images + row * _width, plane, to, _channels, _channels, _width);
                }
                else
                {
                    var length = _width * _channels;
                    new Span<float>(_turned + (nint)row * length, length).CopyTo(new Span<float>(to, length));
                }
            }
        }
    }

    /// <summary>Gives images that have their pixels side by side.</summary>
    public void Leave<TLanes, TVector>(float* images, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var plane = _height * _width;
        for (var image = 0; image < count; image++)
        {
            Transposition.Run<TLanes, TVector>(
                _pixels + (nint)image * _imageSize, _channels, images + (nint)image * _channels * plane, plane, plane, _channels);
        }
    }

    /// <summary>Transforms the 4×4 pixels of tiles, which overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Spread<TLanes, TVector>(int first, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var tile = 0; tile < count; tile++)
        {
            for (var channel = 0; channel < _channels; channel += TLanes.Count)
            {
                WinogradTiles.Spread<TLanes, TVector>(
                    _pixels + _tileOffsets[first + tile] + channel, Pitch, _channels, _matrices + tile * _channels + channel, _distance);
            }
        }
    }

    /// <summary>Transforms the 2×2 pixels of tiles as the gradient of <see cref="Gather"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SpreadOutput<TLanes, TVector>(int first, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var tile = 0; tile < count; tile++)
        {
            for (var channel = 0; channel < _channels; channel += TLanes.Count)
            {
                WinogradTiles.SpreadOutput<TLanes, TVector>(
                    _pixels + _tileOffsets[first + tile] + channel, Pitch, _channels, _matrices + tile * _channels + channel, _distance);
            }
        }
    }

    /// <summary>Makes the 2×2 pixels of tiles from their transformed values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather<TLanes, TVector>(int first, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var tile = 0; tile < count; tile++)
        {
            for (var channel = 0; channel < _channels; channel += TLanes.Count)
            {
                WinogradTiles.Gather<TLanes, TVector>(
                    _matrices + tile * _channels + channel, _distance, _pixels + _tileOffsets[first + tile] + channel, Pitch, _channels);
            }
        }
    }
}
