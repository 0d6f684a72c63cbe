namespace TorchSharp.Kernels;

/// <summary>
/// An argument of an elementwise kernel seen as a matrix of rows and columns. Strides of zero repeat a value along an axis, so that one
/// kernel serves equal shapes, scalars, a vector over the last axis and one value a row.
/// </summary>
internal readonly unsafe struct Operand
{
    private Operand(float* data, long rowStride, bool repeatsAlongRow)
    {
        Data = data;
        RowStride = rowStride;
        RepeatsAlongRow = repeatsAlongRow;
    }

    /// <summary>First element.</summary>
    public float* Data { get; }

    /// <summary>Elements between the starts of two rows.</summary>
    public long RowStride { get; }

    /// <summary>Whether all columns of a row show the same element.</summary>
    public bool RepeatsAlongRow { get; }

    /// <summary>A full matrix (or, with one row, a flat array).</summary>
    public static Operand Full(float* data, long columns) => new(data, columns, false);

    /// <summary>One vector, the same in each row.</summary>
    public static Operand Row(float* data) => new(data, 0, false);

    /// <summary>One value for each row.</summary>
    public static Operand Column(float* data) => new(data, 1, true);

    /// <summary>One value for all elements; <paramref name="value"/> must live as long as the call.</summary>
    public static Operand Scalar(float* value) => new(value, 0, true);

    /// <summary>The rows from one on.</summary>
    public Operand FromRow(long row) => new(Data + row * RowStride, RowStride, RepeatsAlongRow);

    /// <summary>The columns from one on.</summary>
    public Operand FromColumn(long column) => new(RepeatsAlongRow ? Data : Data + column, RowStride, RepeatsAlongRow);

    /// <summary>The only column of this operand, laid along a row.</summary>
    public Operand ColumnAsRow() => new(Data, 0, RowStride == 0);
}
