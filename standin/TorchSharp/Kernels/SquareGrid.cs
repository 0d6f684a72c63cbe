namespace TorchSharp.Kernels;

/// <summary>
/// How planes are divided into windows of two by two, and these into steps of one vector of results. Where all sizes are even, the rows of
/// all planes follow each other in pairs, and a step takes as many pairs as fill a vector, so that planes of 8 or 10 columns do not leave
/// most lanes idle, nor cut the reading of memory to pieces. Elsewhere a step takes a piece of one pair.
/// </summary>
internal readonly record struct SquareGrid(long Planes, int Height, int Width, int Lanes)
{
    /// <summary>Windows in a row.</summary>
    public int Columns => Width / 2;

    /// <summary>Windows in a column.</summary>
    public int Rows => Height / 2;

    /// <summary>Pairs of rows in all planes.</summary>
    public long Pairs => Planes * Rows;

    /// <summary>Whether a step takes whole pairs.</summary>
    public bool IsGrouped => Height % 2 == 0 && Width % 2 == 0 && Columns <= Lanes;

    /// <summary>Pairs in a step.</summary>
    public int Group => Lanes / Columns;

    /// <summary>What threads share: groups of pairs, or single pairs.</summary>
    public long Items => IsGrouped ? (Pairs + Group - 1) / Group : Pairs;

    /// <summary>Steps in an item.</summary>
    public int Steps => IsGrouped ? 1 : (Columns + Lanes - 1) / Lanes;

    /// <summary>Bytes that say which pixel of each window was largest; steps begin at multiples of the lanes, so that all are written whole.</summary>
    public long CodeBytes => Items * Steps * Lanes;

    /// <summary>Where a pair of rows starts in the planes.</summary>
    public long PairStart(long pair) => pair / Rows * Height * Width + pair % Rows * 2 * Width;
}
