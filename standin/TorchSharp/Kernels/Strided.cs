using System.Runtime.CompilerServices;

namespace TorchSharp.Kernels;

/// <summary>
/// Copies between arrays of any strides. Most are transposes or have contiguous runs: axes that continue one another are merged first, the
/// innermost axis is then a run, and a transpose goes by small squares so that both sides use whole cache lines.
/// </summary>
internal static unsafe class Strided
{
    /// <summary>Side of the squares of a transpose: two of them fit the first-level cache many times over.</summary>
    private const int Square = 16;

    /// <summary>
    /// destination[i…] = source[i…] for all indices of <paramref name="shape"/>; strides in elements, zero to repeat a source.
    /// </summary>
    public static void Copy<T>(
        T* source, ReadOnlySpan<long> sourceStrides, T* destination, ReadOnlySpan<long> destinationStrides, ReadOnlySpan<long> shape)
        where T : unmanaged
        => Visit<T, Assignment<T>>(source, sourceStrides, destination, destinationStrides, shape);

    /// <summary>destination[i…] += source[i…], in index order, so that a zero destination stride sums.</summary>
    public static void Add(
        float* source, ReadOnlySpan<long> sourceStrides, float* destination, ReadOnlySpan<long> destinationStrides,
        ReadOnlySpan<long> shape)
        => Visit<float, Sum>(source, sourceStrides, destination, destinationStrides, shape);

    /// <summary>destination[j, i] = source[i, j] for <paramref name="rows"/> × <paramref name="columns"/> of the source.</summary>
    public static void Transpose<T>(T* source, long sourceStride, T* destination, long destinationStride, long rows, long columns)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && rows <= int.MaxValue && columns <= int.MaxValue)
        {
            Transposition.Run(
                (float*)source, (nint)sourceStride, (float*)destination, (nint)destinationStride, (int)rows, (int)columns);
            return;
        }

        for (long row = 0; row < rows; row += Square)
        {
            var rowEnd = Math.Min(rows, row + Square);
            for (long column = 0; column < columns; column += Square)
            {
                var columnEnd = Math.Min(columns, column + Square);
                for (var j = column; j < columnEnd; j++)
                {
                    var from = source + row * sourceStride + j;
                    var to = destination + j * destinationStride;
                    for (var i = row; i < rowEnd; i++, from += sourceStride)
                    {
                        to[i] = *from;
                    }
                }
            }
        }
    }

    private static void Visit<T, TAction>(
        T* source, ReadOnlySpan<long> sourceStrides, T* destination, ReadOnlySpan<long> destinationStrides, ReadOnlySpan<long> shape)
        where T : unmanaged
        where TAction : struct, IAction<T>
    {
        var rank = 0;
        Span<long> sizes = stackalloc long[shape.Length + 2];
        Span<long> from = stackalloc long[shape.Length + 2];
        Span<long> to = stackalloc long[shape.Length + 2];
        sizes.Fill(1);
        from.Clear();
        to.Clear();
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 0)
            {
                return;
            }

            if (shape[axis] == 1)
            {
                continue;
            }

            var continues = rank > 0
                && from[rank - 1] == sourceStrides[axis] * shape[axis]
                && to[rank - 1] == destinationStrides[axis] * shape[axis];
            if (!continues)
            {
                rank++;
            }

            sizes[rank - 1] = continues ? sizes[rank - 1] * shape[axis] : shape[axis];
            from[rank - 1] = sourceStrides[axis];
            to[rank - 1] = destinationStrides[axis];
        }

        // A scalar is a run of one; axes of size one in front make the rank two at least.
        rank = Math.Max(rank, 1);
        if (rank == 1)
        {
            TAction.Rows(source, 0, from[0], destination, 0, to[0], 1, sizes[0]);
            return;
        }

        Descend<T, TAction>(source, from[..rank], destination, to[..rank], sizes[..rank]);
    }

    private static void Descend<T, TAction>(
        T* source, ReadOnlySpan<long> from, T* destination, ReadOnlySpan<long> to, ReadOnlySpan<long> sizes)
        where T : unmanaged
        where TAction : struct, IAction<T>
    {
        if (sizes.Length == 2)
        {
            TAction.Rows(source, from[0], from[1], destination, to[0], to[1], sizes[0], sizes[1]);
            return;
        }

        for (long i = 0; i < sizes[0]; i++)
        {
            Descend<T, TAction>(source + i * from[0], from[1..], destination + i * to[0], to[1..], sizes[1..]);
        }
    }

    /// <summary>What is done with each element of a matrix of rows and columns.</summary>
    private interface IAction<T>
        where T : unmanaged
    {
        static abstract void Rows(
            T* source, long sourceRow, long sourceColumn, T* destination, long destinationRow, long destinationColumn,
            long rows, long columns);
    }

    private readonly struct Assignment<T> : IAction<T>
        where T : unmanaged
    {
        public static void Rows(
            T* source, long sourceRow, long sourceColumn, T* destination, long destinationRow, long destinationColumn,
            long rows, long columns)
        {
            if (sourceRow == 1 && destinationColumn == 1 && sourceColumn > 1)
            {
                Transpose(source, sourceColumn, destination, destinationRow, columns, rows);
                return;
            }

            for (long row = 0; row < rows; row++, source += sourceRow, destination += destinationRow)
            {
                if (sourceColumn == 1 && destinationColumn == 1)
                {
                    Unsafe.CopyBlockUnaligned(destination, source, checked((uint)(columns * sizeof(T))));
                }
                else if (sourceColumn == 0 && destinationColumn == 1)
                {
                    new Span<T>(destination, checked((int)columns)).Fill(*source);
                }
                else
                {
                    for (long column = 0; column < columns; column++)
                    {
                        destination[column * destinationColumn] = source[column * sourceColumn];
                    }
                }
            }
        }
    }

    private readonly struct Sum : IAction<float>
    {
        public static void Rows(
            float* source, long sourceRow, long sourceColumn, float* destination, long destinationRow, long destinationColumn,
            long rows, long columns)
        {
            for (long row = 0; row < rows; row++, source += sourceRow, destination += destinationRow)
            {
                if (sourceColumn == 1 && destinationColumn == 1)
                {
                    Elementwise.Binary(BinaryOperation.Add, destination, source, destination, columns);
                    continue;
                }

                for (long column = 0; column < columns; column++)
                {
                    destination[column * destinationColumn] += source[column * sourceColumn];
                }
            }
        }
    }
}
