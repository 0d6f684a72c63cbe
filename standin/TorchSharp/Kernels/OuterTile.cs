using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// The inner loop of matrix products and convolutions: a tile of c, some rows high and two vectors wide, stays in registers while the sum
/// over the depth runs, so that each step costs two loads of b and one broadcast of a for every two multiplications. Twelve rows use 24 of
/// the 32 registers of AVX-512. The body is unrolled by hand, because only locals (not arrays) live in registers; row counts and widths are
/// type parameters, so that a smaller tile compiles to just its part of the body.
/// </summary>
internal static unsafe class OuterTile
{
    /// <summary>Where a tile reads and writes; strides in elements.</summary>
    internal readonly struct Job()
    {
        /// <summary>a(row, step) = A[row · ARow + step · AStep].</summary>
        public required float* A { get; init; }

        public required nint ARow { get; init; }

        public required nint AStep { get; init; }

        /// <summary>
        /// b(step, column) = B[BOffsets[step] + column]: a table, so that taps of a convolution are as good as rows of a matrix.
        /// </summary>
        public required int* BOffsets { get; init; }

        public required int Depth { get; init; }

        /// <summary>
        /// Steps summed in the registers before they are added to the chunks before: the rounding error of a chain of additions grows with
        /// the root of its length, which is then that of a chunk plus the number of chunks rather than the whole depth.
        /// </summary>
        public int ChunkDepth { get; init; } = int.MaxValue;

        /// <summary>Room for the sums of the chunks before: two vectors for each of the most rows. Not needed for a single chunk.</summary>
        public float* ChunkSums { get; init; }

        /// <summary>c(row, column) = C[COffsets[row] + column].</summary>
        public required int* COffsets { get; init; }

        /// <summary>Added to each row, or null.</summary>
        public float* Bias { get; init; }

        /// <summary>Whether the tile is added to c; rows of c may then overlap.</summary>
        public bool Accumulate { get; init; }
    }

    /// <summary>Computes all rows of a stripe of c that is <paramref name="columns"/> (at most two vectors) wide.</summary>
    public static void RunColumn<TLanes, TVector>(in Job job, int rows, float* b, float* c, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => RunColumn<TLanes, TVector>(job, rows, b, TLanes.Count, c, columns);

    /// <summary>The same where the second vector of a row of b lies <paramref name="right"/> elements behind the first.</summary>
    public static void RunColumn<TLanes, TVector>(in Job job, int rows, float* b, nint right, float* c, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (job.ChunkDepth >= job.Depth)
        {
            RunColumn<TLanes, TVector, AtOnce>(job, rows, TLanes.OuterRows, b, right, c, columns);
        }
        else if (TLanes.ChunkedRows > 0)
        {
            RunColumn<TLanes, TVector, ChunksInRegisters>(job, rows, TLanes.ChunkedRows, b, right, c, columns);
        }
        else
        {
            RunColumn<TLanes, TVector, ChunksInMemory>(job, rows, TLanes.OuterRows, b, right, c, columns);
        }
    }

    private static void RunColumn<TLanes, TVector, TSum>(in Job job, int rows, int mostRows, float* b, nint right, float* c, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TSum : struct, ITileSum
    {
        // Equal heights: a last tile of one or two rows would leave most of the machine idle.
        var tiles = (rows + mostRows - 1) / mostRows;
        var height = rows / Math.Max(1, tiles);
        var higher = (rows - tiles * height) * (height + 1);
        Run<TLanes, TVector, TSum>(job, 0, higher, height + 1, b, right, c, columns);
        Run<TLanes, TVector, TSum>(job, higher, rows, height, b, right, c, columns);
    }

    private static void Run<TLanes, TVector, TSum>(in Job job, int row, int end, int height, float* b, nint right, float* c, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TSum : struct, ITileSum
    {
        if (row == end)
        {
            return;
        }

        if (columns == 2 * TLanes.Count)
        {
            Dispatch<TLanes, TVector, TSum, TwoWhole>(job, row, end, height, b, right, c, columns);
        }
        else if (columns > TLanes.Count)
        {
            Dispatch<TLanes, TVector, TSum, OneWholeOnePart>(job, row, end, height, b, right, c, columns);
        }
        else if (columns == TLanes.Count)
        {
            Dispatch<TLanes, TVector, TSum, OneWhole>(job, row, end, height, b, right, c, columns);
        }
        else
        {
            Dispatch<TLanes, TVector, TSum, OnePart>(job, row, end, height, b, right, c, columns);
        }
    }

    private static void Dispatch<TLanes, TVector, TSum, TWidth>(
        in Job job, int row, int end, int height, float* b, nint right, float* c, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TSum : struct, ITileSum
        where TWidth : struct, ITileWidth
    {
        switch (height)
        {
            case 1: Compute<TLanes, TVector, TSum, TWidth, Rows1>(job, row, end, b, right, c, columns); break;
            case 2: Compute<TLanes, TVector, TSum, TWidth, Rows2>(job, row, end, b, right, c, columns); break;
            case 3: Compute<TLanes, TVector, TSum, TWidth, Rows3>(job, row, end, b, right, c, columns); break;
            case 4: Compute<TLanes, TVector, TSum, TWidth, Rows4>(job, row, end, b, right, c, columns); break;
            case 5: Compute<TLanes, TVector, TSum, TWidth, Rows5>(job, row, end, b, right, c, columns); break;
            case 6: Compute<TLanes, TVector, TSum, TWidth, Rows6>(job, row, end, b, right, c, columns); break;
            case 7: Compute<TLanes, TVector, TSum, TWidth, Rows7>(job, row, end, b, right, c, columns); break;
            case 8: Compute<TLanes, TVector, TSum, TWidth, Rows8>(job, row, end, b, right, c, columns); break;
            case 9: Compute<TLanes, TVector, TSum, TWidth, Rows9>(job, row, end, b, right, c, columns); break;
            case 10: Compute<TLanes, TVector, TSum, TWidth, Rows10>(job, row, end, b, right, c, columns); break;
            case 11: Compute<TLanes, TVector, TSum, TWidth, Rows11>(job, row, end, b, right, c, columns); break;
            case 12: Compute<TLanes, TVector, TSum, TWidth, Rows12>(job, row, end, b, right, c, columns); break;
            default: throw new ArgumentOutOfRangeException(nameof(height));
        }
    }

    /// <summary>Tiles of one height, one below the other.</summary>
    private static void Compute<TLanes, TVector, TSum, TWidth, TRows>(
        in Job job, int row, int end, float* b, nint right, float* c, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TSum : struct, ITileSum
        where TWidth : struct, ITileWidth
        where TRows : struct, ITileRows
    {
        // A method for each tile: a loop around its body would cost the body the registers that hold its addresses.
        for (; row < end; row += TRows.Count)
        {
            ComputeTile<TLanes, TVector, TSum, TWidth, TRows>(job, row, b, right, c, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeTile<TLanes, TVector, TSum, TWidth, TRows>(
        in Job job, int row, float* b, nint right, float* c, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TSum : struct, ITileSum
        where TWidth : struct, ITileWidth
        where TRows : struct, ITileRows
    {
        var part = TWidth.Vectors == 2 ? columns - TLanes.Count : columns;
        var partial = job.ChunkSums;

        // Addresses are a pointer plus none, one or two row strides: four pointers then reach twelve rows without a register for each.
        var stride = job.ARow;
        var step = job.AStep;
        var a0 = job.A + row * stride;
        var a3 = a0 + 3 * stride;
        var a6 = a0 + 6 * stride;
        var a9 = a0 + 9 * stride;
        var offset = job.BOffsets;
        var last = offset + job.Depth;
        if (!TSum.StaysInRegisters)
        {
            // By hand, since a call would drive addresses that the loops below need out of their registers.
            for (var i = 0; i < 2 * TRows.Count; i++)
            {
                TLanes.Store(partial + i * TLanes.Count, TLanes.Zero);
            }
        }

        // What chunks before the current one have summed, for as many rows as have registers left for it.
        var keptLeft0 = TLanes.Zero;
        var keptRight0 = TLanes.Zero;
        var keptLeft1 = TLanes.Zero;
        var keptRight1 = TLanes.Zero;
        var keptLeft2 = TLanes.Zero;
        var keptRight2 = TLanes.Zero;
        var keptLeft3 = TLanes.Zero;
        var keptRight3 = TLanes.Zero;
        var keptLeft4 = TLanes.Zero;
        var keptRight4 = TLanes.Zero;
        var keptLeft5 = TLanes.Zero;
        var keptRight5 = TLanes.Zero;

        while (true)
        {
            var left0 = TLanes.Zero;
            var right0 = TLanes.Zero;
            var left1 = TLanes.Zero;
            var right1 = TLanes.Zero;
            var left2 = TLanes.Zero;
            var right2 = TLanes.Zero;
            var left3 = TLanes.Zero;
            var right3 = TLanes.Zero;
            var left4 = TLanes.Zero;
            var right4 = TLanes.Zero;
            var left5 = TLanes.Zero;
            var right5 = TLanes.Zero;
            var left6 = TLanes.Zero;
            var right6 = TLanes.Zero;
            var left7 = TLanes.Zero;
            var right7 = TLanes.Zero;
            var left8 = TLanes.Zero;
            var right8 = TLanes.Zero;
            var left9 = TLanes.Zero;
            var right9 = TLanes.Zero;
            var left10 = TLanes.Zero;
            var right10 = TLanes.Zero;
            var left11 = TLanes.Zero;
            var right11 = TLanes.Zero;

            var end = TSum.IsChunked ? offset + job.ChunkDepth : last;
            var isLast = end >= last;
            end = isLast ? last : end;
            for (; offset < end; offset++)
            {
                var source = b + *offset;
                var first = TWidth.Vectors == 1 && TWidth.IsPart ? TLanes.LoadPart(source, part) : TLanes.Load(source);
                var second = TWidth.Vectors == 1 ? TLanes.Zero
                    : TWidth.IsPart ? TLanes.LoadPart(source + right, part) : TLanes.Load(source + right);
                if (TRows.Count > 0)
                {
                    var value = TLanes.Broadcast(a0[0]);
                    left0 = TLanes.MultiplyAdd(value, first, left0);
                    if (TWidth.Vectors == 2)
                    {
                        right0 = TLanes.MultiplyAdd(value, second, right0);
                    }
                }

                if (TRows.Count > 1)
                {
                    var value = TLanes.Broadcast(a0[stride]);
                    left1 = TLanes.MultiplyAdd(value, first, left1);
                    if (TWidth.Vectors == 2)
                    {
                        right1 = TLanes.MultiplyAdd(value, second, right1);
                    }
                }

                if (TRows.Count > 2)
                {
                    var value = TLanes.Broadcast(a0[2 * stride]);
                    left2 = TLanes.MultiplyAdd(value, first, left2);
                    if (TWidth.Vectors == 2)
                    {
                        right2 = TLanes.MultiplyAdd(value, second, right2);
                    }
                }

                if (TRows.Count > 3)
                {
                    var value = TLanes.Broadcast(a3[0]);
                    left3 = TLanes.MultiplyAdd(value, first, left3);
                    if (TWidth.Vectors == 2)
                    {
                        right3 = TLanes.MultiplyAdd(value, second, right3);
                    }
                }

                if (TRows.Count > 4)
                {
                    var value = TLanes.Broadcast(a3[stride]);
                    left4 = TLanes.MultiplyAdd(value, first, left4);
                    if (TWidth.Vectors == 2)
                    {
                        right4 = TLanes.MultiplyAdd(value, second, right4);
                    }
                }

                if (TRows.Count > 5)
                {
                    var value = TLanes.Broadcast(a3[2 * stride]);
                    left5 = TLanes.MultiplyAdd(value, first, left5);
                    if (TWidth.Vectors == 2)
                    {
                        right5 = TLanes.MultiplyAdd(value, second, right5);
                    }
                }

                if (TRows.Count > 6)
                {
                    var value = TLanes.Broadcast(a6[0]);
                    left6 = TLanes.MultiplyAdd(value, first, left6);
                    if (TWidth.Vectors == 2)
                    {
                        right6 = TLanes.MultiplyAdd(value, second, right6);
                    }
                }

                if (TRows.Count > 7)
                {
                    var value = TLanes.Broadcast(a6[stride]);
                    left7 = TLanes.MultiplyAdd(value, first, left7);
                    if (TWidth.Vectors == 2)
                    {
                        right7 = TLanes.MultiplyAdd(value, second, right7);
                    }
                }

                if (TRows.Count > 8)
                {
                    var value = TLanes.Broadcast(a6[2 * stride]);
                    left8 = TLanes.MultiplyAdd(value, first, left8);
                    if (TWidth.Vectors == 2)
                    {
                        right8 = TLanes.MultiplyAdd(value, second, right8);
                    }
                }

                if (TRows.Count > 9)
                {
                    var value = TLanes.Broadcast(a9[0]);
                    left9 = TLanes.MultiplyAdd(value, first, left9);
                    if (TWidth.Vectors == 2)
                    {
                        right9 = TLanes.MultiplyAdd(value, second, right9);
                    }
                }

                if (TRows.Count > 10)
                {
                    var value = TLanes.Broadcast(a9[stride]);
                    left10 = TLanes.MultiplyAdd(value, first, left10);
                    if (TWidth.Vectors == 2)
                    {
                        right10 = TLanes.MultiplyAdd(value, second, right10);
                    }
                }

                if (TRows.Count > 11)
                {
                    var value = TLanes.Broadcast(a9[2 * stride]);
                    left11 = TLanes.MultiplyAdd(value, first, left11);
                    if (TWidth.Vectors == 2)
                    {
                        right11 = TLanes.MultiplyAdd(value, second, right11);
                    }
                }

                a0 += step;
                a3 = TRows.Count > 3 ? a3 + step : a3;
                a6 = TRows.Count > 6 ? a6 + step : a6;
                a9 = TRows.Count > 9 ? a9 + step : a9;
            }

            if (TSum.IsChunked && TSum.StaysInRegisters)
            {
                keptLeft0 = left0 = TLanes.Add(keptLeft0, left0);
                keptRight0 = right0 = TLanes.Add(keptRight0, right0);

                if (TRows.Count > 1)
                {
                    keptLeft1 = left1 = TLanes.Add(keptLeft1, left1);
                    keptRight1 = right1 = TLanes.Add(keptRight1, right1);
                }

                if (TRows.Count > 2)
                {
                    keptLeft2 = left2 = TLanes.Add(keptLeft2, left2);
                    keptRight2 = right2 = TLanes.Add(keptRight2, right2);
                }

                if (TRows.Count > 3)
                {
                    keptLeft3 = left3 = TLanes.Add(keptLeft3, left3);
                    keptRight3 = right3 = TLanes.Add(keptRight3, right3);
                }

                if (TRows.Count > 4)
                {
                    keptLeft4 = left4 = TLanes.Add(keptLeft4, left4);
                    keptRight4 = right4 = TLanes.Add(keptRight4, right4);
                }

                if (TRows.Count > 5)
                {
                    keptLeft5 = left5 = TLanes.Add(keptLeft5, left5);
                    keptRight5 = right5 = TLanes.Add(keptRight5, right5);
                }

                if (!isLast)
                {
                    continue;
                }
            }
            else if (TSum.IsChunked && !isLast)
            {
                Keep<TLanes, TVector, TWidth>(partial, left0, right0);
                if (TRows.Count > 1)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 2 * TLanes.Count, left1, right1);
                }

                if (TRows.Count > 2)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 4 * TLanes.Count, left2, right2);
                }

                if (TRows.Count > 3)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 6 * TLanes.Count, left3, right3);
                }

                if (TRows.Count > 4)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 8 * TLanes.Count, left4, right4);
                }

                if (TRows.Count > 5)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 10 * TLanes.Count, left5, right5);
                }

                if (TRows.Count > 6)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 12 * TLanes.Count, left6, right6);
                }

                if (TRows.Count > 7)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 14 * TLanes.Count, left7, right7);
                }

                if (TRows.Count > 8)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 16 * TLanes.Count, left8, right8);
                }

                if (TRows.Count > 9)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 18 * TLanes.Count, left9, right9);
                }

                if (TRows.Count > 10)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 20 * TLanes.Count, left10, right10);
                }

                if (TRows.Count > 11)
                {
                    Keep<TLanes, TVector, TWidth>(partial + 22 * TLanes.Count, left11, right11);
                }

                continue;
            }

            Finish<TLanes, TVector, TSum, TWidth>(job, row, c, part, partial, left0, right0);
            if (TRows.Count > 1)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 1, c, part, partial + 2 * TLanes.Count, left1, right1);
            }

            if (TRows.Count > 2)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 2, c, part, partial + 4 * TLanes.Count, left2, right2);
            }

            if (TRows.Count > 3)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 3, c, part, partial + 6 * TLanes.Count, left3, right3);
            }

            if (TRows.Count > 4)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 4, c, part, partial + 8 * TLanes.Count, left4, right4);
            }

            if (TRows.Count > 5)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 5, c, part, partial + 10 * TLanes.Count, left5, right5);
            }

            if (TRows.Count > 6)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 6, c, part, partial + 12 * TLanes.Count, left6, right6);
            }

            if (TRows.Count > 7)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 7, c, part, partial + 14 * TLanes.Count, left7, right7);
            }

            if (TRows.Count > 8)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 8, c, part, partial + 16 * TLanes.Count, left8, right8);
            }

            if (TRows.Count > 9)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 9, c, part, partial + 18 * TLanes.Count, left9, right9);
            }

            if (TRows.Count > 10)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 10, c, part, partial + 20 * TLanes.Count, left10, right10);
            }

            if (TRows.Count > 11)
            {
                Finish<TLanes, TVector, TSum, TWidth>(job, row + 11, c, part, partial + 22 * TLanes.Count, left11, right11);
            }

            return;
        }
    }

    /// <summary>Adds a row's sums over a chunk to those over the chunks before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<TLanes, TVector, TWidth>(float* partial, TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TWidth : struct, ITileWidth
    {
        TLanes.Store(partial, TLanes.Add(TLanes.Load(partial), left));
        if (TWidth.Vectors == 2)
        {
            TLanes.Store(partial + TLanes.Count, TLanes.Add(TLanes.Load(partial + TLanes.Count), right));
        }
    }

    /// <summary>Writes a row's sums, of the last chunk and those before, to c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes, TVector, TSum, TWidth>(
        in Job job, int row, float* c, int part, float* partial, TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TSum : struct, ITileSum
        where TWidth : struct, ITileWidth
    {
        if (!TSum.StaysInRegisters)
        {
            left = TLanes.Add(TLanes.Load(partial), left);
            right = TWidth.Vectors == 2 ? TLanes.Add(TLanes.Load(partial + TLanes.Count), right) : right;
        }

        if (job.Bias != null)
        {
            left = TLanes.Add(left, TLanes.Broadcast(job.Bias[row]));
            right = TWidth.Vectors == 2 ? TLanes.Add(right, TLanes.Broadcast(job.Bias[row])) : right;
        }

        var target = c + job.COffsets[row];
        var leftCount = TWidth.Vectors == 1 && TWidth.IsPart ? part : TLanes.Count;
        var rightCount = TWidth.IsPart ? part : TLanes.Count;
        if (job.Accumulate)
        {
            left = TLanes.Add(Read<TLanes, TVector>(target, leftCount), left);
            right = TWidth.Vectors == 2 ? TLanes.Add(Read<TLanes, TVector>(target + TLanes.Count, rightCount), right) : right;
        }

        TLanes.StorePart(target, left, leftCount);
        if (TWidth.Vectors == 2)
        {
            TLanes.StorePart(target + TLanes.Count, right, rightCount);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Read<TLanes, TVector>(float* source, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => count == TLanes.Count ? TLanes.Load(source) : TLanes.LoadPart(source, count);
}
