using static TorchSharp.torch;

namespace TorchSharp.Tensors;

/// <summary>Sizes, names and kinds of the element types a tensor may hold.</summary>
internal static class ElementType
{
    public static int Size(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw TorchError.Unsupported("tensor", type),
    };

    public static string Name(ScalarType type) => type switch
    {
        ScalarType.Int8 => "Char",
        ScalarType.Int16 => "Short",
        ScalarType.Int32 => "Int",
        ScalarType.Int64 => "Long",
        ScalarType.Float32 => "Float",
        ScalarType.Float64 => "Double",
        _ => type.ToString(),
    };

    public static bool IsFloating(ScalarType type) => type is ScalarType.Float32 or ScalarType.Float64;

    public static ScalarType Of(Type type) =>
        type == typeof(float) ? ScalarType.Float32
        : type == typeof(long) ? ScalarType.Int64
        : type == typeof(double) ? ScalarType.Float64
        : type == typeof(int) ? ScalarType.Int32
        : type == typeof(bool) ? ScalarType.Bool
        : type == typeof(byte) ? ScalarType.Byte
        : type == typeof(sbyte) ? ScalarType.Int8
        : type == typeof(short) ? ScalarType.Int16
        : throw new NotSupportedException($"A tensor cannot hold elements of type {type.Name}.");
}
