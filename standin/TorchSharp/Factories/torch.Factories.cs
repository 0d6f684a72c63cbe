using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled(input.Value.Shape, 0, dtype ?? input.dtype, device, requires_grad);

    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled(input.Value.Shape, 1, dtype ?? input.dtype, device, requires_grad);

    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(TensorValue.Allocate(input.Value.Shape, dtype ?? input.dtype), device, requires_grad);

    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Filled(input.Value.Shape, value, dtype ?? input.dtype, device, requires_grad);

    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var width = columns < 0 ? rows : columns;
        var value = TensorValue.Zeros([rows, width], Typed(dtype));
        using (var diagonal = value.Window([Math.Min(rows, width)], [width + 1], 0))
        {
            Filling.Into(diagonal, 1.0);
        }

        return Made(value, device, requires_grad);
    }

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var integral = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        var type = dtype ?? (integral ? ScalarType.Int64 : get_default_dtype());
        TorchError.Require(step.Float != 0, "step must be nonzero");
        TorchError.Require(
            (step.Float > 0) == (stop.Float >= start.Float) || start.Float == stop.Float,
            "upper bound and larger bound inconsistent with step sign");
        var count = (long)Math.Ceiling((stop.Float - start.Float) / step.Float);
        var numbers = new double[count];
        for (var i = 0L; i < count; i++)
        {
            numbers[i] = start.Float + i * step.Float;
        }

        return FromElements(numbers, [count], type, device, requires_grad, false);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        TorchError.Require(steps >= 0, "number of steps must be non-negative");
        var numbers = new double[steps];
        for (var i = 0L; i < steps; i++)
        {
            numbers[i] = steps == 1 ? start : start + i * (end - start) / (steps - 1);
        }

        return FromElements(numbers, [steps], Typed(dtype), device, requires_grad, false);
    }

    /// <summary>A tensor that shares the memory of an array.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor that shares the memory of an array, unless its type has to be converted.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromElements(rawArray, Sizes(rawArray), dtype, device, requires_grad, false);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null)
    {
        InitializeDevice(device);
        return data.to_type(dtype ?? data.dtype);
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray, dtype, device);

    public static Tensor as_tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);

    public static Tensor as_tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);

    public static Tensor as_tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null) => from_array(rawArray, dtype, device);

    public static Tensor as_tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray, dtype, device);

    public static Tensor as_tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);

    public static Tensor as_tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null) =>
        from_array(rawArray.ToArray(), dtype, device);

    /// <summary>A tensor over the memory of an array, or over a copy that the array's owner may not see changed.</summary>
    internal static Tensor FromElements(
        Array array, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad, bool copy)
    {
        var shape = dimensions.ToArray();
        if (Shapes.Count(shape) != array.LongLength)
        {
            throw new ArgumentException($"an array of {array.LongLength} elements does not fill the shape {Shapes.Text(shape)}");
        }

        InitializeDevice(device);
        var type = ElementType.Of(array.GetType().GetElementType()!);
        var bytes = array.LongLength * ElementType.Size(type);
        var shared = TensorValue.Over(Storage.Over(array, bytes), shape, type);
        if (!copy && (dtype ?? type) == type)
        {
            return Made(shared, device, requires_grad);
        }

        using (shared)
        {
            return Made((dtype ?? type) == type ? Copying.Clone(shared) : Copying.Cast(shared, dtype!.Value), device, requires_grad);
        }
    }

    private static ScalarType Typed(ScalarType? dtype) => dtype ?? get_default_dtype();

    private static long[] ShapeOf(ReadOnlySpan<long> size)
    {
        foreach (var length in size)
        {
            TorchError.Require(length >= 0, $"Trying to create tensor with negative dimension {length}: {Shapes.Text(size)}");
        }

        return size.ToArray();
    }

    private static Tensor Filled(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad) =>
        Made(
            Filling.Full(ShapeOf(size), value, dtype ?? (is_integral(value.Type) ? ScalarType.Int64 : default_dtype)),
            device, requires_grad);

    private static Tensor Made(TensorValue value, Device? device, bool requires_grad)
    {
        InitializeDevice(device);
        if (requires_grad)
        {
            value.SetRequiresGrad(true);
        }

        return new Tensor(value);
    }
}
