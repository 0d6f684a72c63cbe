using static TorchSharp.torch;

namespace TorchSharp.Tensors;

/// <summary>
/// The element type of a result from those of its operands. A number or a zero-dimensional tensor
/// only decides when it is of a higher kind (bool, integer, floating) than the tensors with dimensions.
/// </summary>
internal static class TypePromotion
{
    public static ScalarType Common(TensorValue left, TensorValue right)
    {
        if (left.Type == right.Type)
        {
            return left.Type;
        }

        var leftRanks = left.Shape.Length > 0;
        var rightRanks = right.Shape.Length > 0;
        if (leftRanks == rightRanks)
        {
            return Common(left.Type, right.Type);
        }

        var (strong, weak) = leftRanks ? (left.Type, right.Type) : (right.Type, left.Type);
        return Kind(weak) > Kind(strong) ? weak : strong;
    }

    public static ScalarType Common(TensorValue value, Scalar scalar) =>
        Kind(scalar.Type) <= Kind(value.Type) ? value.Type
        : Kind(scalar.Type) == 2 ? default_dtype
        : ScalarType.Int64;

    public static ScalarType Common(ScalarType left, ScalarType right)
    {
        if (left == right)
        {
            return left;
        }

        if (Kind(left) != Kind(right))
        {
            return Kind(left) > Kind(right) ? left : right;
        }

        // A byte has no sign and no signed type of its size holds it: the two meet at 16 bits.
        if (ElementType.Size(left) == 1 && ElementType.Size(right) == 1)
        {
            return ScalarType.Int16;
        }

        return ElementType.Size(left) > ElementType.Size(right) ? left : right;
    }

    public static bool CanCast(ScalarType from, ScalarType to) => Kind(from) <= Kind(to);

    public static int Kind(ScalarType type) => type switch
    {
        ScalarType.Bool => 0,
        ScalarType.Float32 or ScalarType.Float64 => 2,
        _ => 1,
    };
}
