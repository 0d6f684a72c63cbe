namespace TorchSharp.Kernels;

/// <summary>A number of rows known when a tile is compiled.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

/// <summary>A width of one or two vectors known when a tile is compiled; the last vector may be in use only in part.</summary>
internal interface ITileWidth
{
    static abstract int Vectors { get; }

    static abstract bool IsPart { get; }
}

/// <summary>
/// Whether a tile sums its depth in chunks, and where it keeps the sums of the chunks before; known when it is compiled, so that a tile
/// pays for nothing that it does not do.
/// </summary>
internal interface ITileSum
{
    static abstract bool IsChunked { get; }

    static abstract bool StaysInRegisters { get; }
}

internal readonly struct AtOnce : ITileSum
{
    public static bool IsChunked => false;

    public static bool StaysInRegisters => true;
}

internal readonly struct ChunksInMemory : ITileSum
{
    public static bool IsChunked => true;

    public static bool StaysInRegisters => false;
}

internal readonly struct ChunksInRegisters : ITileSum
{
    public static bool IsChunked => true;

    public static bool StaysInRegisters => true;
}

internal readonly struct TwoWhole : ITileWidth
{
    public static int Vectors => 2;

    public static bool IsPart => false;
}

internal readonly struct OneWholeOnePart : ITileWidth
{
    public static int Vectors => 2;

    public static bool IsPart => true;
}

internal readonly struct OneWhole : ITileWidth
{
    public static int Vectors => 1;

    public static bool IsPart => false;
}

internal readonly struct OnePart : ITileWidth
{
    public static int Vectors => 1;

    public static bool IsPart => true;
}

internal readonly struct Rows1 : ITileRows
{
    public static int Count => 1;
}

internal readonly struct Rows2 : ITileRows
{
    public static int Count => 2;
}

internal readonly struct Rows3 : ITileRows
{
    public static int Count => 3;
}

internal readonly struct Rows4 : ITileRows
{
    public static int Count => 4;
}

internal readonly struct Rows5 : ITileRows
{
    public static int Count => 5;
}

internal readonly struct Rows6 : ITileRows
{
    public static int Count => 6;
}

internal readonly struct Rows7 : ITileRows
{
    public static int Count => 7;
}

internal readonly struct Rows8 : ITileRows
{
    public static int Count => 8;
}

internal readonly struct Rows9 : ITileRows
{
    public static int Count => 9;
}

internal readonly struct Rows10 : ITileRows
{
    public static int Count => 10;
}

internal readonly struct Rows11 : ITileRows
{
    public static int Count => 11;
}

internal readonly struct Rows12 : ITileRows
{
    public static int Count => 12;
}
