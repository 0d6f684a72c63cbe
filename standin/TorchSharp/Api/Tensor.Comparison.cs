using TorchSharp.Kernels;
using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        public Tensor eq(Tensor target) => Result(Comparing.Compare(ComparisonOperation.Equal, Value, target.Value), target);

        public Tensor eq(Scalar target) => Result(Comparing.Compare(ComparisonOperation.Equal, Value, target));

        public Tensor ne(Tensor target) => Result(Comparing.Compare(ComparisonOperation.NotEqual, Value, target.Value), target);

        public Tensor ne(Scalar target) => Result(Comparing.Compare(ComparisonOperation.NotEqual, Value, target));

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor lt(Tensor target) => Result(Comparing.Compare(ComparisonOperation.Less, Value, target.Value), target);

        public Tensor lt(Scalar target) => Result(Comparing.Compare(ComparisonOperation.Less, Value, target));

        public Tensor less(Tensor target) => lt(target);

        public Tensor le(Tensor target) => Result(Comparing.Compare(ComparisonOperation.LessOrEqual, Value, target.Value), target);

        public Tensor le(Scalar target) => Result(Comparing.Compare(ComparisonOperation.LessOrEqual, Value, target));

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor gt(Tensor target) => Result(Comparing.Compare(ComparisonOperation.Greater, Value, target.Value), target);

        public Tensor gt(Scalar target) => Result(Comparing.Compare(ComparisonOperation.Greater, Value, target));

        public Tensor greater(Tensor target) => gt(target);

        public Tensor ge(Tensor target) => Result(Comparing.Compare(ComparisonOperation.GreaterOrEqual, Value, target.Value), target);

        public Tensor ge(Scalar target) => Result(Comparing.Compare(ComparisonOperation.GreaterOrEqual, Value, target));

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor equal(Tensor target) => eq(target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            using var close = isclose(target, rtol, atol, equal_nan);
            using var all = close.all();
            return all.ToBoolean();
        }

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false)
        {
            TorchError.Require(
                dtype == other.dtype, $"cannot compare {ElementType.Name(dtype)} with {ElementType.Name(other.dtype)}");
            using var mode = no_grad();
            using var same = Comparing.Compare(ComparisonOperation.Equal, Value, other.Value);
            using var difference = Ops.Sub(Value, other.Value);
            using var distance = Ops.Unary(UnaryOperation.Absolute, difference);
            using var size = Ops.Unary(UnaryOperation.Absolute, other.Value);
            using var relative = Ops.MulScalar(size, rtol);
            using var allowed = Ops.AddScalar(relative, atol);
            using var within = Comparing.Compare(ComparisonOperation.LessOrEqual, distance, allowed);
            using var bounded = Comparing.Compare(ComparisonOperation.Less, distance, double.PositiveInfinity);
            using var near = Arithmetic.Binary(BinaryOperation.Multiply, within, bounded);
            var close = Arithmetic.Binary(BinaryOperation.Maximum, near, same);
            if (!nanEqual)
            {
                return Result(close, other);
            }

            using var mine = isnan();
            using var theirs = other.isnan();
            using var both = Arithmetic.Binary(BinaryOperation.Multiply, mine.Value, theirs.Value);
            using (close)
            {
                return Result(Arithmetic.Binary(BinaryOperation.Maximum, close, both), other);
            }
        }

        public Tensor isnan() => Result(Comparing.Compare(ComparisonOperation.NotEqual, Value, Value));

        public Tensor isfinite()
        {
            using var size = Arithmetic.Unary(UnaryOperation.Absolute, Value);
            return Result(Comparing.Compare(ComparisonOperation.Less, size, double.PositiveInfinity));
        }

        public Tensor isinf()
        {
            using var size = Arithmetic.Unary(UnaryOperation.Absolute, Value);
            return Result(Comparing.Compare(ComparisonOperation.Equal, size, double.PositiveInfinity));
        }

        public Tensor logical_and(Tensor other) => Logical(BinaryOperation.Multiply, other);

        public Tensor logical_or(Tensor other) => Logical(BinaryOperation.Maximum, other);

        public Tensor logical_xor(Tensor other)
        {
            using var left = Comparing.Truth(Value);
            using var right = Comparing.Truth(other.Value);
            return Result(Comparing.Compare(ComparisonOperation.NotEqual, left, right), other);
        }

        public Tensor logical_not() => Result(Comparing.Compare(ComparisonOperation.Equal, Value, 0));

        public Tensor bitwise_and(Tensor other) => RequireBool(other).logical_and(other);

        public Tensor bitwise_or(Tensor other) => RequireBool(other).logical_or(other);

        public Tensor bitwise_xor(Tensor other) => RequireBool(other).logical_xor(other);

        public Tensor bitwise_not() => RequireBool(this).logical_not();

        private Tensor Logical(BinaryOperation operation, Tensor other)
        {
            using var left = Comparing.Truth(Value);
            using var right = Comparing.Truth(other.Value);
            return Result(Arithmetic.Binary(operation, left, right), other);
        }

        // Bitwise operations are only offered for masks.
        private Tensor RequireBool(Tensor other)
        {
            TorchError.Require(
                dtype == ScalarType.Bool && other.dtype == ScalarType.Bool,
                $"\"bitwise\" not implemented for '{ElementType.Name(dtype)}'");
            return this;
        }
    }
}
