namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static implicit operator Tensor(byte value) => tensor(value);

        public static implicit operator Tensor(sbyte value) => tensor(value);

        public static implicit operator Tensor(short value) => tensor(value);

        public static implicit operator Tensor(int value) => tensor(value);

        public static implicit operator Tensor(long value) => tensor(value);

        public static implicit operator Tensor(float value) => tensor(value);

        public static implicit operator Tensor(double value) => tensor(value);

        public static implicit operator Tensor(bool value) => tensor(value);

        public static implicit operator Tensor(byte[] value) => tensor(value);

        public static implicit operator Tensor(sbyte[] value) => tensor(value);

        public static implicit operator Tensor(short[] value) => tensor(value);

        public static implicit operator Tensor(int[] value) => tensor(value);

        public static implicit operator Tensor(long[] value) => tensor(value);

        public static implicit operator Tensor(float[] value) => tensor(value);

        public static implicit operator Tensor(double[] value) => tensor(value);

        public static implicit operator Tensor(bool[] value) => tensor(value);

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator sbyte(Tensor value) => value.ToSByte();

        public static explicit operator byte(Tensor value) => value.ToByte();

        public static explicit operator short(Tensor value) => value.ToInt16();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        public static implicit operator Tensor(Scalar scalar) => full(Array.Empty<long>(), scalar, scalar.Type);
    }
}

/// <summary>Conversions between tensors and .NET values.</summary>
public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => Number<float>(value);

    public static double ToDouble(this torch.Tensor value) => Number<double>(value);

    public static sbyte ToSByte(this torch.Tensor value) => Number<sbyte>(value);

    public static byte ToByte(this torch.Tensor value) => Number<byte>(value);

    public static short ToInt16(this torch.Tensor value) => Number<short>(value);

    public static int ToInt32(this torch.Tensor value) => Number<int>(value);

    public static long ToInt64(this torch.Tensor value) => Number<long>(value);

    public static bool ToBoolean(this torch.Tensor value) => Number<double>(value) != 0;

    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    public static torch.Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) =>
        torch.FromElements(rawArray, dimensions, null, null, requires_grad, true);

    public static torch.Tensor ToTensor<T>(this T scalar, torch.Device? device = null, bool requires_grad = false)
        where T : struct
    {
        if (requires_grad && typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new ArgumentException(nameof(requires_grad), "Only floating point types support gradients.");
        }

        return torch.FromElements(new[] { scalar }, [], null, device, requires_grad, true);
    }

    public static ReadOnlySpan<int> IntShape(this torch.Tensor tensor) => Array.ConvertAll(tensor.shape, static size => (int)size);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, static (product, size) => product * size);

    public static string str(
        this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = "\n",
        System.Globalization.CultureInfo? cultureInfo = null) =>
        tensor.ToString(true, fltFormat, width, cultureInfo, newLine);

    private static unsafe T Number<T>(torch.Tensor tensor)
        where T : unmanaged
    {
        if (tensor.NumberOfElements != 1)
        {
            throw new ArgumentException("Number of elements in the tensor must be 1");
        }

        using var converted = Operators.Copying.Cast(tensor.Value, Tensors.ElementType.Of(typeof(T)));
        GC.KeepAlive(tensor);
        return *converted.Pointer<T>();
    }
}
