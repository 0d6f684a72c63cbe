namespace TorchSharp.Tensors;

/// <summary>Where the elements of a window lie in their storage.</summary>
internal readonly record struct TensorGeometry(long[] Shape, long[] Strides, long Offset)
{
    public TensorGeometry(TensorValue value)
        : this(value.Shape, value.Strides, value.Offset)
    {
    }

    /// <summary>
    /// The same window in a row-major copy of <paramref name="whole"/> that starts at an offset. Possible
    /// when the whole is row-major itself, as a tensor that others are views of is.
    /// </summary>
    public TensorGeometry Within(TensorGeometry whole, long offset)
    {
        TorchError.Require(
            Shapes.IsContiguous(whole.Shape, whole.Strides),
            "a view of a tensor that is not contiguous cannot be followed through a write in place");
        return this with { Offset = Offset - whole.Offset + offset };
    }
}
