using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp.Memory;

namespace TorchSharp.Kernels;

/// <summary>
/// The layout that turns a convolution into a product without a column matrix. Each input plane is copied once for each kernel column,
/// shifted by that column, trimmed to the output's width and with padding written out; rows are sorted by their remainder modulo the
/// vertical stride. Then all pixels that a kernel tap (channel, row, column) multiplies lie in one contiguous run of the output plane's
/// length, which starts at an offset known from the tap alone. That takes KernelWidth copies of the input where a column matrix takes
/// KernelWidth · KernelHeight, and one image's planes stay in the first- or second-level cache. A convolution that is one column wide,
/// without stride or padding, needs no copy at all.
/// </summary>
internal readonly unsafe struct ShiftedPlanes : IDisposable
{
    private readonly ConvolutionShape _shape;
    private readonly int _outWidth;

    /// <summary>Padded rows that share a remainder modulo the vertical stride.</summary>
    private readonly int _rowsPerPhase;

    /// <summary>How many input rows, from the first, some output row sees.</summary>
    private readonly int _usedRows;

    /// <summary>One piece of memory for the tables below: divisions are too slow to be repeated for each image.</summary>
    private readonly int* _tables;
    private readonly int _tableLength;

    /// <summary>Where an input row goes in its planes.</summary>
    private readonly int* _rowOffsets;

    /// <summary>
    /// For each kernel column, the output columns for which it falls on the input rather than on padding: first and count.
    /// </summary>
    private readonly int* _usedColumns;

    public ShiftedPlanes(in ConvolutionShape shape)
    {
        _shape = shape;
        _outWidth = shape.OutWidth;
        IsInput = shape is { KernelWidth: 1, StrideHeight: 1, StrideWidth: 1, PadHeight: 0, PadWidth: 0 };
        var rows = (shape.OutHeight - 1) * shape.StrideHeight + shape.KernelHeight;
        _rowsPerPhase = (rows + shape.StrideHeight - 1) / shape.StrideHeight;
        _usedRows = Math.Min(shape.InHeight, rows - shape.PadHeight);
        PlaneSize = IsInput ? shape.InPlane : shape.StrideHeight * _rowsPerPhase * _outWidth;
        ImageSize = shape.InChannels * shape.KernelWidth * PlaneSize;

        _tableLength = shape.Taps + shape.OutChannels + shape.InHeight + 2 * shape.KernelWidth;
        _tables = (int*)BufferPool.Rent((long)_tableLength * sizeof(int));
        TapOffsets = _tables;
        ChannelOffsets = TapOffsets + shape.Taps;
        _rowOffsets = ChannelOffsets + shape.OutChannels;
        _usedColumns = _rowOffsets + shape.InHeight;
        WriteTables();
    }

    /// <summary>Whether the input itself has this layout, so that <see cref="Gather"/> and <see cref="Scatter"/> are not needed.</summary>
    public bool IsInput { get; }

    /// <summary>Floats of one shifted plane.</summary>
    public int PlaneSize { get; }

    /// <summary>Floats of one image's planes.</summary>
    public int ImageSize { get; }

    /// <summary>Where each tap's run starts, taps in the order of the weights.</summary>
    public int* TapOffsets { get; }

    /// <summary>Where each channel starts in an image of the output.</summary>
    public int* ChannelOffsets { get; }

    public void Dispose() => BufferPool.Return((nint)_tables, (long)_tableLength * sizeof(int));

    /// <summary>Copies one image into planes. Padding is not written: the planes must have been zero before their first use.</summary>
    public void Gather<TLanes, TVector>(float* image, float* planes)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var stride = _shape.StrideWidth;
        if (stride == 2 && _shape.InWidth == 2 * _outWidth && (_outWidth == TLanes.Count || 2 * _outWidth == TLanes.Count))
        {
            GatherEverySecond<TLanes, TVector>(image, planes);
            return;
        }

        for (var channel = 0; channel < _shape.InChannels; channel++, image += _shape.InPlane)
        {
            for (var column = 0; column < _shape.KernelWidth; column++, planes += PlaneSize)
            {
                var first = _usedColumns[2 * column];
                var count = _usedColumns[2 * column + 1];
                var from = image + first * stride + column - _shape.PadWidth;
                var to = planes + first;
                switch (stride)
                {
                    case 1: CopyRows<TLanes, TVector>(from, to, count); break;
                    case 2: CopyRowsEven<TLanes, TVector>(from, to, count); break;
                    default: CopyRowsStrided(from, to, count); break;
                }
            }
        }
    }

    /// <summary>
    /// Adds up, for each input pixel, its copies in the planes: the adjoint of <see cref="Gather"/>. The image is overwritten.
    /// </summary>
    public void Scatter<TLanes, TVector>(float* planes, float* image)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // An input column gets a term from each kernel column that leaves the same remainder modulo the stride, after padding. The sum is
        // made in registers: adding to memory term by term would wait for the store of the term before.
        var stride = _shape.StrideWidth;
        var terms = stackalloc ShiftedTerm[_shape.KernelWidth];
        var termCounts = stackalloc int[stride];
        for (var block = 0; block * stride < _shape.InWidth; block += TLanes.Count)
        {
            var used = Math.Min(stride * TLanes.Count, _shape.InWidth - block * stride);
            WriteTerms(terms, termCounts, block, TLanes.Count);
            for (var channel = 0; channel < _shape.InChannels; channel++)
            {
                var from = planes + channel * _shape.KernelWidth * PlaneSize;
                var to = image + channel * _shape.InPlane + block * stride;
                for (var row = 0; row < _usedRows; row++, to += _shape.InWidth)
                {
                    AddRow<TLanes, TVector>(from + _rowOffsets[row], terms, termCounts, to, used);
                }

                new Span<float>(to - block * stride, (_shape.InHeight - _usedRows) * _shape.InWidth).Clear();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddRow<TLanes, TVector>(float* from, ShiftedTerm* terms, int* termCounts, float* to, int used)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (_shape.StrideWidth == 1)
        {
            TLanes.StorePart(to, Sum<TLanes, TVector>(from, terms, termCounts[0]), used);
        }
        else if (_shape.StrideWidth == 2)
        {
            var even = Sum<TLanes, TVector>(from, terms, termCounts[0]);
            var odd = Sum<TLanes, TVector>(from, terms + termCounts[0], termCounts[1]);
            var (first, second) = TLanes.Interleave(even, odd);
            TLanes.StorePart(to, first, Math.Min(TLanes.Count, used));
            if (used > TLanes.Count)
            {
                TLanes.StorePart(to + TLanes.Count, second, used - TLanes.Count);
            }
        }
        else
        {
            AddRowStrided<TLanes, TVector>(from, terms, termCounts, to, used);
        }
    }

    private void AddRowStrided<TLanes, TVector>(float* from, ShiftedTerm* terms, int* termCounts, float* to, int used)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var lanes = stackalloc float[TLanes.Count];
        for (var remainder = 0; remainder < _shape.StrideWidth; terms += termCounts[remainder], remainder++)
        {
            TLanes.Store(lanes, Sum<TLanes, TVector>(from, terms, termCounts[remainder]));
            for (var i = remainder; i < used; i += _shape.StrideWidth)
            {
                to[i] = lanes[i / _shape.StrideWidth];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum<TLanes, TVector>(float* from, ShiftedTerm* terms, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var sum = TLanes.Zero;
        for (var term = 0; term < count; term++)
        {
            var part = terms[term];
            var isWhole = part.End - part.First == TLanes.Count;
            var value = isWhole ? TLanes.Load(from + part.Offset) : TLanes.LoadRange(from + part.Offset, part.First, part.End);
            sum = TLanes.Add(sum, value);
        }

        return sum;
    }

    /// <summary>
    /// <see cref="Gather"/> for every second column of rows that make one vector of the output, or half of one, for then two of them are
    /// taken at once. All reads are of whole vectors that lie in their row: what a kernel column sees is then a matter of lanes.
    /// </summary>
    private void GatherEverySecond<TLanes, TVector>(float* image, float* planes)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var lanes = stackalloc int[2 * _shape.KernelWidth * TLanes.Count];
        var masks = lanes + _shape.KernelWidth * TLanes.Count;
        WriteLanes(lanes, masks, TLanes.Count);
        for (var channel = 0; channel < _shape.InChannels; channel++, image += _shape.InPlane)
        {
            for (var column = 0; column < _shape.KernelWidth; column++, planes += PlaneSize)
            {
                var first = column * TLanes.Count;
                CopyEverySecond<TLanes, TVector>(image, planes, TLanes.Load((float*)(lanes + first)), TLanes.Load((float*)(masks + first)));
            }
        }
    }

    private void CopyEverySecond<TLanes, TVector>(float* from, float* to, TVector lanes, TVector mask)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (width, stride, rows) = (_shape.InWidth, _shape.StrideHeight, _usedRows);
        var offsets = _rowOffsets;
        var isWhole = _outWidth == TLanes.Count;
        var second = isWhole ? TLanes.Count : stride * width;
        var step = isWhole ? stride : 2 * stride;
        var last = isWhole ? rows : rows - stride;

        // Rows are taken by their remainder; those that a kernel of few rows passes over are left out.
        for (var remainder = 0; remainder < Math.Min(stride, _shape.KernelHeight); remainder++)
        {
            var row = (remainder + stride - _shape.PadHeight % stride) % stride;
            for (; row < last; row += step)
            {
                var source = from + row * width;
                var moved = TLanes.Permute(TLanes.Load(source), TLanes.Load(source + second), lanes);
                TLanes.Store(to + offsets[row], TLanes.Select(mask, moved, TLanes.Zero));
            }

            if (row < rows)
            {
                var moved = TLanes.Permute(TLanes.Load(from + row * width), TLanes.Zero, lanes);
                TLanes.StorePart(to + offsets[row], TLanes.Select(mask, moved, TLanes.Zero), _outWidth);
            }
        }
    }

    /// <summary>
    /// Lists, for each kernel column, from which lane of two vectors of the input each lane of the output comes, and by a mask whether it
    /// does, rather than from padding.
    /// </summary>
    private void WriteLanes(int* lanes, int* masks, int count)
    {
        for (var column = 0; column < _shape.KernelWidth; column++)
        {
            for (var lane = 0; lane < count; lane++)
            {
                var from = 2 * (lane % _outWidth) + column - _shape.PadWidth;
                var isInput = from >= 0 && from < _shape.InWidth;
                *lanes++ = isInput ? lane / _outWidth * count + from : 0;
                *masks++ = isInput ? -1 : 0;
            }
        }
    }

    /// <summary>
    /// Copies rows by whole vectors, the last one of which overlaps the one before: masked stores, and ever shorter ones, cost more than
    /// the copy.
    /// </summary>
    private void CopyRows<TLanes, TVector>(float* from, float* to, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var width = _shape.InWidth;
        for (var row = 0; row < _usedRows; row++, from += width)
        {
            var target = to + _rowOffsets[row];
            if (count >= TLanes.Count)
            {
                var last = count - TLanes.Count;
                for (var i = 0; i < last; i += TLanes.Count)
                {
                    TLanes.Store(target + i, TLanes.Load(from + i));
                }

                TLanes.Store(target + last, TLanes.Load(from + last));
            }
            else if (count >= 8)
            {
                Vector256.Load(from).Store(target);
                Vector256.Load(from + count - 8).Store(target + count - 8);
            }
            else if (count >= 4)
            {
                Vector128.Load(from).Store(target);
                Vector128.Load(from + count - 4).Store(target + count - 4);
            }
            else
            {
                for (var i = 0; i < count; i++)
                {
                    target[i] = from[i];
                }
            }
        }
    }

    private void CopyRowsEven<TLanes, TVector>(float* from, float* to, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // The odd position behind the last even one may lie behind the end of the input. The last vector overlaps the one before.
        var last = count - TLanes.Count;
        for (var row = 0; row < _usedRows; row++, from += _shape.InWidth)
        {
            var target = to + _rowOffsets[row];
            if (last < 0)
            {
                var first = TLanes.LoadPart(from, Math.Min(TLanes.Count, 2 * count - 1));
                var second = TLanes.LoadPart(from + TLanes.Count, Math.Max(0, 2 * count - 1 - TLanes.Count));
                TLanes.StorePart(target, TLanes.Even(first, second), count);
                continue;
            }

            for (var i = 0; i < last; i += TLanes.Count)
            {
                TLanes.Store(target + i, TLanes.Even(TLanes.Load(from + 2 * i), TLanes.Load(from + 2 * i + TLanes.Count)));
            }

            var end = from + 2 * last;
            TLanes.Store(target + last, TLanes.Even(TLanes.Load(end), TLanes.LoadPart(end + TLanes.Count, TLanes.Count - 1)));
        }
    }

    private void CopyRowsStrided(float* from, float* to, int count)
    {
        for (var row = 0; row < _usedRows; row++, from += _shape.InWidth)
        {
            var target = to + _rowOffsets[row];
            for (var i = 0; i < count; i++)
            {
                target[i] = from[i * _shape.StrideWidth];
            }
        }
    }

    /// <summary>
    /// Lists what input columns block·stride + remainder, and so on in steps of the stride, are the sum of, remainder by remainder. Lane i
    /// of a term is the plane's column that kernel column k multiplies, ((block + i)·stride + remainder + padding − k) / stride, where the
    /// output has that column.
    /// </summary>
    private void WriteTerms(ShiftedTerm* terms, int* counts, int block, int lanes)
    {
        for (var remainder = 0; remainder < _shape.StrideWidth; remainder++)
        {
            counts[remainder] = 0;
            var padded = remainder + _shape.PadWidth;
            for (var column = padded % _shape.StrideWidth; column < _shape.KernelWidth; column += _shape.StrideWidth)
            {
                var start = block + (padded - column) / _shape.StrideWidth;
                var first = Math.Max(0, -start);
                var end = Math.Min(lanes, _outWidth - start);
                if (first < end)
                {
                    *terms++ = new ShiftedTerm(column * PlaneSize + start, first, end);
                    counts[remainder]++;
                }
            }
        }
    }

    private void WriteTables()
    {
        var offset = TapOffsets;
        for (var channel = 0; channel < _shape.InChannels; channel++)
        {
            for (var row = 0; row < _shape.KernelHeight; row++)
            {
                for (var column = 0; column < _shape.KernelWidth; column++)
                {
                    *offset++ = (channel * _shape.KernelWidth + column) * PlaneSize + RowOffset(row);
                }
            }
        }

        for (var channel = 0; channel < _shape.OutChannels; channel++)
        {
            ChannelOffsets[channel] = channel * _shape.OutPlane;
        }

        for (var row = 0; row < _usedRows; row++)
        {
            _rowOffsets[row] = RowOffset(row + _shape.PadHeight);
        }

        for (var column = 0; column < _shape.KernelWidth; column++)
        {
            var shift = column - _shape.PadWidth;
            var first = shift >= 0 ? 0 : (-shift + _shape.StrideWidth - 1) / _shape.StrideWidth;
            var end = shift >= _shape.InWidth ? 0 : Math.Min(_outWidth, (_shape.InWidth - 1 - shift) / _shape.StrideWidth + 1);
            _usedColumns[2 * column] = first;
            _usedColumns[2 * column + 1] = Math.Max(0, end - first);
        }
    }

    private int RowOffset(int paddedRow)
        => (paddedRow % _shape.StrideHeight * _rowsPerPhase + paddedRow / _shape.StrideHeight) * _outWidth;

    /// <summary>
    /// A stretch of a plane's row that is added to a vector of input columns: lanes First to End − 1, lane 0 lying at Offset.
    /// </summary>
    private readonly record struct ShiftedTerm(int Offset, int First, int End);
}
