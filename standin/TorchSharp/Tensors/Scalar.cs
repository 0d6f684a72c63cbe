namespace TorchSharp;

/// <summary>A number together with its type.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(double value, torch.ScalarType type)
    {
        Float = value;
        Integer = unchecked((long)value);
        Type = type;
    }

    internal Scalar(long value, torch.ScalarType type)
    {
        Float = value;
        Integer = value;
        Type = type;
    }

    public torch.ScalarType Type { get; }

    internal double Float { get; }

    internal long Integer { get; }

    public static implicit operator Scalar(byte value) => value.ToScalar();

    public static implicit operator Scalar(sbyte value) => value.ToScalar();

    public static implicit operator Scalar(short value) => value.ToScalar();

    public static implicit operator Scalar(int value) => value.ToScalar();

    public static implicit operator Scalar(long value) => value.ToScalar();

    public static implicit operator Scalar(float value) => value.ToScalar();

    public static implicit operator Scalar(double value) => value.ToScalar();

    public static implicit operator Scalar(bool value) => value.ToScalar();

    public void Dispose()
    {
        // Nothing native to give back; the method is part of the interface.
    }
}

/// <summary>Conversions between .NET numbers and scalars.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => new(value, torch.ScalarType.Byte);

    public static Scalar ToScalar(this sbyte value) => new(value, torch.ScalarType.Int8);

    public static Scalar ToScalar(this short value) => new(value, torch.ScalarType.Int16);

    public static Scalar ToScalar(this int value) => new(value, torch.ScalarType.Int32);

    public static Scalar ToScalar(this long value) => new(value, torch.ScalarType.Int64);

    public static Scalar ToScalar(this float value) => new((double)value, torch.ScalarType.Float32);

    public static Scalar ToScalar(this double value) => new(value, torch.ScalarType.Float64);

    public static Scalar ToScalar(this bool value) => new(value ? 1L : 0L, torch.ScalarType.Bool);

    public static float ToSingle(this Scalar value) => (float)value.Float;

    public static double ToDouble(this Scalar value) => value.Float;

    public static sbyte ToSByte(this Scalar value) => (sbyte)value.Integer;

    public static byte ToByte(this Scalar value) => (byte)value.Integer;

    public static short ToInt16(this Scalar value) => (short)value.Integer;

    public static int ToInt32(this Scalar value) => (int)value.Integer;

    public static long ToInt64(this Scalar value) => value.Integer;

    public static bool ToBoolean(this Scalar value) => value.Float != 0;
}
