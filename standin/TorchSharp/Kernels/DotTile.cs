using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// The inner loop where both factors are contiguous along the axis that is summed: weight gradients of convolutions (the axis is the pixels
/// of many images) and products with a transposed right factor. A square of dot products stays in registers as vectors of partial sums; the
/// lanes are added up once at the end. Five by five uses 31 of the 32 registers of AVX-512 and ten loads for 25 multiplications.
/// </summary>
internal static unsafe class DotTile
{
    /// <summary>Where a tile reads and writes; strides in elements.</summary>
    internal readonly struct Job
    {
        /// <summary>a(row, repeat, i) = A[row · ARow + repeat · ARepeat + i].</summary>
        public required float* A { get; init; }

        public required nint ARow { get; init; }

        public nint ARepeat { get; init; }

        /// <summary>b(column, repeat, i) = B[BOffsets[column] + repeat · BRepeat + i].</summary>
        public required float* B { get; init; }

        public required int* BOffsets { get; init; }

        public nint BRepeat { get; init; }

        /// <summary>How many stretches of <see cref="Length"/> elements are summed.</summary>
        public required int Repeats { get; init; }

        public required int Length { get; init; }

        /// <summary>c(row, column) = C[row · CRow + column].</summary>
        public required float* C { get; init; }

        public required nint CRow { get; init; }

        public required bool Accumulate { get; init; }
    }

    /// <summary>Computes all of c.</summary>
    public static void Run<TLanes, TVector>(in Job job, int rows, int columns)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var tiles = (rows + TLanes.DotSide - 1) / TLanes.DotSide;
        for (var tile = 0; tile < tiles; tile++)
        {
            var row = (int)((long)rows * tile / tiles);
            var height = (int)((long)rows * (tile + 1) / tiles) - row;
            for (var column = 0; column < columns; column += TLanes.DotSide)
            {
                var width = Math.Min(TLanes.DotSide, columns - column);
                switch (height)
                {
                    case 1: Compute<TLanes, TVector, Rows1>(job, row, column, width); break;
                    case 2: Compute<TLanes, TVector, Rows2>(job, row, column, width); break;
                    case 3: Compute<TLanes, TVector, Rows3>(job, row, column, width); break;
                    case 4: Compute<TLanes, TVector, Rows4>(job, row, column, width); break;
                    default: Compute<TLanes, TVector, Rows5>(job, row, column, width); break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TLanes, TVector, TRows>(in Job job, int row, int column, int width)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : struct, ITileRows
    {
        var sum00 = TLanes.Zero;
        var sum01 = TLanes.Zero;
        var sum02 = TLanes.Zero;
        var sum03 = TLanes.Zero;
        var sum04 = TLanes.Zero;
        var sum10 = TLanes.Zero;
        var sum11 = TLanes.Zero;
        var sum12 = TLanes.Zero;
        var sum13 = TLanes.Zero;
        var sum14 = TLanes.Zero;
        var sum20 = TLanes.Zero;
        var sum21 = TLanes.Zero;
        var sum22 = TLanes.Zero;
        var sum23 = TLanes.Zero;
        var sum24 = TLanes.Zero;
        var sum30 = TLanes.Zero;
        var sum31 = TLanes.Zero;
        var sum32 = TLanes.Zero;
        var sum33 = TLanes.Zero;
        var sum34 = TLanes.Zero;
        var sum40 = TLanes.Zero;
        var sum41 = TLanes.Zero;
        var sum42 = TLanes.Zero;
        var sum43 = TLanes.Zero;
        var sum44 = TLanes.Zero;

        // A narrow tile computes its last column more than once rather than needing a kernel of its own.
        var last = width - 1;
        var offsets = job.BOffsets + column;
        var stride = job.ARow;
        var aRepeat = job.A + row * stride;
        var bRepeat = job.B;
        for (var repeat = 0; repeat < job.Repeats; repeat++)
        {
            var a0 = aRepeat;
            var a3 = aRepeat + 3 * stride;
            var b0 = bRepeat + offsets[0];
            var b1 = bRepeat + offsets[Math.Min(1, last)];
            var b2 = bRepeat + offsets[Math.Min(2, last)];
            var b3 = bRepeat + offsets[Math.Min(3, last)];
            var b4 = bRepeat + offsets[Math.Min(4, last)];
            nint i = 0;
            for (nint end = job.Length - TLanes.Count; i <= end; i += TLanes.Count)
            {
                var x0 = TLanes.Load(b0 + i);
                var x1 = TLanes.Load(b1 + i);
                var x2 = TLanes.Load(b2 + i);
                var x3 = TLanes.DotSide > 3 ? TLanes.Load(b3 + i) : TLanes.Zero;
                var x4 = TLanes.DotSide > 3 ? TLanes.Load(b4 + i) : TLanes.Zero;
                if (TRows.Count > 0)
                {
                    var y = TLanes.Load(a0);
                    sum00 = TLanes.MultiplyAdd(y, x0, sum00);
                    sum01 = TLanes.MultiplyAdd(y, x1, sum01);
                    sum02 = TLanes.MultiplyAdd(y, x2, sum02);
                    if (TLanes.DotSide > 3)
                    {
                        sum03 = TLanes.MultiplyAdd(y, x3, sum03);
                        sum04 = TLanes.MultiplyAdd(y, x4, sum04);
                    }
                }

                if (TRows.Count > 1)
                {
                    var y = TLanes.Load(a0 + stride);
                    sum10 = TLanes.MultiplyAdd(y, x0, sum10);
                    sum11 = TLanes.MultiplyAdd(y, x1, sum11);
                    sum12 = TLanes.MultiplyAdd(y, x2, sum12);
                    if (TLanes.DotSide > 3)
                    {
                        sum13 = TLanes.MultiplyAdd(y, x3, sum13);
                        sum14 = TLanes.MultiplyAdd(y, x4, sum14);
                    }
                }

                if (TRows.Count > 2)
                {
                    var y = TLanes.Load(a0 + 2 * stride);
                    sum20 = TLanes.MultiplyAdd(y, x0, sum20);
                    sum21 = TLanes.MultiplyAdd(y, x1, sum21);
                    sum22 = TLanes.MultiplyAdd(y, x2, sum22);
                    if (TLanes.DotSide > 3)
                    {
                        sum23 = TLanes.MultiplyAdd(y, x3, sum23);
                        sum24 = TLanes.MultiplyAdd(y, x4, sum24);
                    }
                }

                if (TRows.Count > 3)
                {
                    var y = TLanes.Load(a3);
                    sum30 = TLanes.MultiplyAdd(y, x0, sum30);
                    sum31 = TLanes.MultiplyAdd(y, x1, sum31);
                    sum32 = TLanes.MultiplyAdd(y, x2, sum32);
                    if (TLanes.DotSide > 3)
                    {
                        sum33 = TLanes.MultiplyAdd(y, x3, sum33);
                        sum34 = TLanes.MultiplyAdd(y, x4, sum34);
                    }
                }

                if (TRows.Count > 4)
                {
                    var y = TLanes.Load(a3 + stride);
                    sum40 = TLanes.MultiplyAdd(y, x0, sum40);
                    sum41 = TLanes.MultiplyAdd(y, x1, sum41);
                    sum42 = TLanes.MultiplyAdd(y, x2, sum42);
                    if (TLanes.DotSide > 3)
                    {
                        sum43 = TLanes.MultiplyAdd(y, x3, sum43);
                        sum44 = TLanes.MultiplyAdd(y, x4, sum44);
                    }
                }

                a0 += TLanes.Count;
                a3 += TLanes.Count;
            }

            var rest = job.Length - (int)i;
            if (rest > 0)
            {
                var x0 = TLanes.LoadPart(b0 + i, rest);
                var x1 = TLanes.LoadPart(b1 + i, rest);
                var x2 = TLanes.LoadPart(b2 + i, rest);
                var x3 = TLanes.DotSide > 3 ? TLanes.LoadPart(b3 + i, rest) : TLanes.Zero;
                var x4 = TLanes.DotSide > 3 ? TLanes.LoadPart(b4 + i, rest) : TLanes.Zero;
                if (TRows.Count > 0)
                {
                    var y = TLanes.LoadPart(a0, rest);
                    sum00 = TLanes.MultiplyAdd(y, x0, sum00);
                    sum01 = TLanes.MultiplyAdd(y, x1, sum01);
                    sum02 = TLanes.MultiplyAdd(y, x2, sum02);
                    if (TLanes.DotSide > 3)
                    {
                        sum03 = TLanes.MultiplyAdd(y, x3, sum03);
                        sum04 = TLanes.MultiplyAdd(y, x4, sum04);
                    }
                }

                if (TRows.Count > 1)
                {
                    var y = TLanes.LoadPart(a0 + stride, rest);
                    sum10 = TLanes.MultiplyAdd(y, x0, sum10);
                    sum11 = TLanes.MultiplyAdd(y, x1, sum11);
                    sum12 = TLanes.MultiplyAdd(y, x2, sum12);
                    if (TLanes.DotSide > 3)
                    {
                        sum13 = TLanes.MultiplyAdd(y, x3, sum13);
                        sum14 = TLanes.MultiplyAdd(y, x4, sum14);
                    }
                }

                if (TRows.Count > 2)
                {
                    var y = TLanes.LoadPart(a0 + 2 * stride, rest);
                    sum20 = TLanes.MultiplyAdd(y, x0, sum20);
                    sum21 = TLanes.MultiplyAdd(y, x1, sum21);
                    sum22 = TLanes.MultiplyAdd(y, x2, sum22);
                    if (TLanes.DotSide > 3)
                    {
                        sum23 = TLanes.MultiplyAdd(y, x3, sum23);
                        sum24 = TLanes.MultiplyAdd(y, x4, sum24);
                    }
                }

                if (TRows.Count > 3)
                {
                    var y = TLanes.LoadPart(a3, rest);
                    sum30 = TLanes.MultiplyAdd(y, x0, sum30);
                    sum31 = TLanes.MultiplyAdd(y, x1, sum31);
                    sum32 = TLanes.MultiplyAdd(y, x2, sum32);
                    if (TLanes.DotSide > 3)
                    {
                        sum33 = TLanes.MultiplyAdd(y, x3, sum33);
                        sum34 = TLanes.MultiplyAdd(y, x4, sum34);
                    }
                }

                if (TRows.Count > 4)
                {
                    var y = TLanes.LoadPart(a3 + stride, rest);
                    sum40 = TLanes.MultiplyAdd(y, x0, sum40);
                    sum41 = TLanes.MultiplyAdd(y, x1, sum41);
                    sum42 = TLanes.MultiplyAdd(y, x2, sum42);
                    if (TLanes.DotSide > 3)
                    {
                        sum43 = TLanes.MultiplyAdd(y, x3, sum43);
                        sum44 = TLanes.MultiplyAdd(y, x4, sum44);
                    }
                }
            }

            aRepeat += job.ARepeat;
            bRepeat += job.BRepeat;
        }

        var results = stackalloc float[5];
        var target = job.C + row * job.CRow + column;
        if (TRows.Count > 0)
        {
            results[0] = TLanes.Sum(sum00);
            results[1] = TLanes.Sum(sum01);
            results[2] = TLanes.Sum(sum02);
            if (TLanes.DotSide > 3)
            {
                results[3] = TLanes.Sum(sum03);
                results[4] = TLanes.Sum(sum04);
            }

            Write(target + 0 * job.CRow, results, width, job.Accumulate);
        }

        if (TRows.Count > 1)
        {
            results[0] = TLanes.Sum(sum10);
            results[1] = TLanes.Sum(sum11);
            results[2] = TLanes.Sum(sum12);
            if (TLanes.DotSide > 3)
            {
                results[3] = TLanes.Sum(sum13);
                results[4] = TLanes.Sum(sum14);
            }

            Write(target + 1 * job.CRow, results, width, job.Accumulate);
        }

        if (TRows.Count > 2)
        {
            results[0] = TLanes.Sum(sum20);
            results[1] = TLanes.Sum(sum21);
            results[2] = TLanes.Sum(sum22);
            if (TLanes.DotSide > 3)
            {
                results[3] = TLanes.Sum(sum23);
                results[4] = TLanes.Sum(sum24);
            }

            Write(target + 2 * job.CRow, results, width, job.Accumulate);
        }

        if (TRows.Count > 3)
        {
            results[0] = TLanes.Sum(sum30);
            results[1] = TLanes.Sum(sum31);
            results[2] = TLanes.Sum(sum32);
            if (TLanes.DotSide > 3)
            {
                results[3] = TLanes.Sum(sum33);
                results[4] = TLanes.Sum(sum34);
            }

            Write(target + 3 * job.CRow, results, width, job.Accumulate);
        }

        if (TRows.Count > 4)
        {
            results[0] = TLanes.Sum(sum40);
            results[1] = TLanes.Sum(sum41);
            results[2] = TLanes.Sum(sum42);
            if (TLanes.DotSide > 3)
            {
                results[3] = TLanes.Sum(sum43);
                results[4] = TLanes.Sum(sum44);
            }

            Write(target + 4 * job.CRow, results, width, job.Accumulate);
        }
    }

    private static void Write(float* target, float* results, int width, bool accumulate)
    {
        for (var i = 0; i < width; i++)
        {
            target[i] = accumulate ? target[i] + results[i] : results[i];
        }
    }
}
