using TorchSharp.Kernels;
using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a division does with the fraction.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Scalar left, Tensor right)
        {
            using var negative = Ops.Neg(right.Value);
            return right.Result(Ops.AddScalar(negative, left));
        }

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator /(Scalar left, Tensor right)
        {
            using var inverse = Ops.Unary(UnaryOperation.Reciprocal, right.Value);
            return right.Result(Ops.MulScalar(inverse, left));
        }

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        public Tensor add(Tensor target) => Result(Ops.Add(Value, target.Value), target);

        public Tensor add(Tensor target, Scalar alpha) => Result(Ops.Add(Value, target.Value, alpha.Float), target);

        public Tensor add(Scalar scalar) => Result(Ops.AddScalar(Value, scalar));

        public Tensor add(Scalar scalar, Scalar alpha) => Result(Ops.AddScalar(Value, (scalar.Float * alpha.Float).ToScalar()));

        public Tensor sub(Tensor target) => Result(Ops.Sub(Value, target.Value), target);

        public Tensor sub(Scalar target) => Result(Ops.AddScalar(Value, Negative(target)));

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor mul(Tensor target) => Result(Ops.Mul(Value, target.Value), target);

        public Tensor mul(Scalar target) => Result(Ops.MulScalar(Value, target));

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(Rounded(Ops.Div(Value, target.Value), rounding_mode, TypePromotion.Common(Value, target.Value)), target);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Result(Rounded(Ops.DivScalar(Value, target), rounding_mode, TypePromotion.Common(Value, target)));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor neg() => Result(Ops.Neg(Value));

        public Tensor negative() => neg();

        public Tensor pow(Tensor exponent) => Result(Ops.Pow(Value, exponent.Value), exponent);

        public Tensor pow(Scalar exponent) => Result(Ops.Pow(Value, exponent));

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Result(Ops.AddCMul(Value, tensor1.Value, tensor2.Value, value.Float), tensor1, tensor2);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Result(Ops.AddCDiv(Value, tensor1.Value, tensor2.Value, value.Float), tensor1, tensor2);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);

        public Tensor maximum(Tensor other) => Result(Ops.Extremum(BinaryOperation.Maximum, Value, other.Value), other);

        public Tensor minimum(Tensor other) => Result(Ops.Extremum(BinaryOperation.Minimum, Value, other.Value), other);

        public Tensor lerp(Tensor end, Tensor weight)
        {
            using var difference = Ops.Sub(end.Value, Value);
            using var step = Ops.Mul(difference, weight.Value);
            return Result(Ops.Add(Value, step), end, weight);
        }

        public Tensor abs() => Result(Ops.Unary(UnaryOperation.Absolute, Value));

        public Tensor absolute() => abs();

        public Tensor sign() => Result(Ops.Unary(UnaryOperation.Sign, Value));

        public Tensor sqrt() => Result(Ops.Unary(UnaryOperation.SquareRoot, Value));

        public Tensor rsqrt() => Result(Ops.Unary(UnaryOperation.ReciprocalSquareRoot, Value));

        public Tensor reciprocal() => Result(Ops.Unary(UnaryOperation.Reciprocal, Value));

        public Tensor square() => Result(Ops.Unary(UnaryOperation.Square, Value));

        public Tensor exp() => Result(Ops.Unary(UnaryOperation.Exponential, Value));

        public Tensor log() => Result(Ops.Unary(UnaryOperation.Logarithm, Value));

        public Tensor tanh() => Result(Ops.Unary(UnaryOperation.HyperbolicTangent, Value));

        public Tensor sigmoid() => Result(Ops.Unary(UnaryOperation.Sigmoid, Value));

        public Tensor relu() => Result(Ops.Relu(Value));

        public Tensor softmax(long dim, ScalarType? dtype = null)
        {
            using var typed = Ops.To(Value, dtype ?? Value.Type);
            return Result(Ops.Softmax(typed, dim, false));
        }

        public Tensor log_softmax(long dim, ScalarType? dtype = null)
        {
            using var typed = Ops.To(Value, dtype ?? Value.Type);
            return Result(Ops.Softmax(typed, dim, true));
        }

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Result(Ops.Clamp(Value, min?.Float, max?.Float));

        public Tensor clamp(Tensor? min = null, Tensor? max = null)
        {
            using var raised = min is null ? Value.Shared() : Ops.Extremum(BinaryOperation.Maximum, Value, min.Value);
            return Result(max is null ? raised.Shared() : Ops.Extremum(BinaryOperation.Minimum, raised, max.Value), min, max);
        }

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => clamp(min, (Scalar?)null);

        public Tensor clamp_max(Scalar max) => clamp((Scalar?)null, max);

        private static Scalar Negative(Scalar number) => torch.is_integral(number.Type)
            ? new Scalar(-number.Integer, ScalarType.Int64)
            : new Scalar(-number.Float, number.Type);

        private static TensorValue Rounded(TensorValue quotient, RoundingMode mode, ScalarType type)
        {
            if (mode == RoundingMode.None)
            {
                return quotient;
            }

            using (quotient)
            {
                using var rounded = Rounding.Apply(quotient, mode == RoundingMode.floor ? Math.Floor : Math.Truncate);
                return Copying.Cast(rounded, type);
            }
        }
    }
}
