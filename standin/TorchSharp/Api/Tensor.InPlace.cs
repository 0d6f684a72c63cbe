using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add_(Tensor target) => add_(target, 1);

        public Tensor add_(Tensor target, Scalar alpha)
        {
            var (value, other) = (Value, target.Value);
            if (InPlace.Records(value, other))
            {
                if (value.Base is null && value.Type == other.Type && value.Storage != other.Storage
                    && Shapes.CanExpand(other.Shape, value.Shape))
                {
                    Ops.AddInPlace(value, other, alpha.Float);
                    GC.KeepAlive(target);
                    return Result(value.Shared());
                }

                using var before = InPlace.Before(value);
                return Recorded(Ops.Add(before, other, alpha.Float), target);
            }

            RequireFits(value, other);
            Arithmetic.AddScaled(value, other, alpha.Float);
            return Written(target);
        }

        public Tensor add_(Scalar scalar) => ByNumber(BinaryOperation.Add, scalar, Ops.AddScalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => add_((scalar.Float * alpha.Float).ToScalar());

        public Tensor sub_(Tensor target) => add_(target, -1);

        public Tensor sub_(Scalar target) => add_(Negative(target));

        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul_(Tensor target) => ByTensor(BinaryOperation.Multiply, target, Ops.Mul);

        public Tensor mul_(Scalar target) => ByNumber(BinaryOperation.Multiply, target, Ops.MulScalar);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? ByTensor(BinaryOperation.Divide, target, Ops.Div)
            : CopyOf(div(target, rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? ByNumber(BinaryOperation.Divide, target, Ops.DivScalar)
            : CopyOf(div(target, rounding_mode));

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor pow_(Scalar exponent) => ByNumber(BinaryOperation.Power, exponent, Ops.Pow);

        public Tensor pow_(Tensor exponent) => ByTensor(BinaryOperation.Power, exponent, Ops.Pow);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            var target = Value;
            if (InPlace.Records(target, tensor1.Value, tensor2.Value))
            {
                using var before = InPlace.Before(target);
                return Recorded(Ops.AddCMul(before, tensor1.Value, tensor2.Value, value.Float), tensor1, tensor2);
            }

            using var product = Arithmetic.Binary(BinaryOperation.Multiply, tensor1.Value, tensor2.Value);
            RequireFits(target, product);
            Arithmetic.AddScaled(target, product, value.Float);
            return Written(tensor1, tensor2);
        }

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            var target = Value;
            if (InPlace.Records(target, tensor1.Value, tensor2.Value))
            {
                using var before = InPlace.Before(target);
                return Recorded(Ops.AddCDiv(before, tensor1.Value, tensor2.Value, value.Float), tensor1, tensor2);
            }

            using var quotient = Arithmetic.Binary(BinaryOperation.Divide, tensor1.Value, tensor2.Value);
            RequireFits(target, quotient);
            Arithmetic.AddScaled(target, quotient, value.Float);
            return Written(tensor1, tensor2);
        }

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor lerp_(Tensor end, Tensor weight) => CopyOf(lerp(end, weight));

        public Tensor neg_() => ByFunction(UnaryOperation.Negate);

        public Tensor abs_() => ByFunction(UnaryOperation.Absolute);

        public Tensor absolute_() => abs_();

        public Tensor sign_() => ByFunction(UnaryOperation.Sign);

        public Tensor sqrt_() => ByFunction(UnaryOperation.SquareRoot);

        public Tensor rsqrt_() => ByFunction(UnaryOperation.ReciprocalSquareRoot);

        public Tensor reciprocal_() => ByFunction(UnaryOperation.Reciprocal);

        public Tensor exp_() => ByFunction(UnaryOperation.Exponential);

        public Tensor log_() => ByFunction(UnaryOperation.Logarithm);

        public Tensor tanh_() => ByFunction(UnaryOperation.HyperbolicTangent);

        public Tensor sigmoid_() => ByFunction(UnaryOperation.Sigmoid);

        public Tensor relu_() => ByFunction(UnaryOperation.Relu);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            TorchError.Require(min is not null || max is not null, "clamp() needs a lower or an upper bound");
            var target = Value;
            if (InPlace.Records(target))
            {
                using var before = InPlace.Before(target);
                return Recorded(Ops.Clamp(before, min?.Float, max?.Float), null);
            }

            Arithmetic.Clamp(target, min?.Float, max?.Float, target);
            return Written(null);
        }

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => CopyOf(clamp(min, max));

        public Tensor clamp_min_(Scalar min) => clamp_(min, (Scalar?)null);

        public Tensor clamp_max_(Scalar max) => clamp_((Scalar?)null, max);

        public Tensor zero_() => fill_(0);

        public Tensor fill_(Scalar value)
        {
            var target = Value;
            if (InPlace.Records(target))
            {
                return Overwritten(Filling.Full(target.Shape, value, target.Type), null);
            }

            Filling.Into(target, value);
            return Written(null);
        }

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            var (target, other) = (Value, source.Value);
            if (InPlace.Records(target, other))
            {
                using var typed = Ops.To(other, target.Type);
                return Overwritten(Ops.Expand(typed, target.Shape), source);
            }

            if (target != other)
            {
                Copying.Into(target, other);
            }

            return Written(source);
        }

        public Tensor set_(Tensor source)
        {
            TorchError.Require(dtype == source.dtype, "Could not set tensor to a storage of another type");
            return copy_(source);
        }

        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            _ = InPlace.Records(Value);
            return CopyOf(masked_fill(mask, value));
        }

        public Tensor scatter_(long dim, Tensor index, Tensor src)
        {
            _ = InPlace.Records(Value, src.Value);
            return CopyOf(scatter(dim, index, src));
        }

        public Tensor scatter_add_(long dim, Tensor index, Tensor src)
        {
            _ = InPlace.Records(Value, src.Value);
            return CopyOf(scatter_add(dim, index, src));
        }

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            _ = InPlace.Records(Value, source.Value);
            return CopyOf(index_add(dim, index, source, alpha));
        }

        private static void RequireFits(TensorValue target, TensorValue other)
        {
            TorchError.Require(
                Shapes.Same(Shapes.Broadcast(target.Shape, other.Shape), target.Shape),
                $"a tensor of shape {Shapes.Text(target.Shape)} cannot take a result that is broadcast with {Shapes.Text(other.Shape)}");
            var type = TypePromotion.Common(target, other);
            TorchError.Require(
                TypePromotion.CanCast(type, target.Type),
                $"a result of type {ElementType.Name(type)} cannot be stored as {ElementType.Name(target.Type)}");
        }

        private Tensor ByTensor(BinaryOperation operation, Tensor other, Func<TensorValue, TensorValue, TensorValue> recorded)
        {
            var (target, operand) = (Value, other.Value);
            RequireFits(target, operand);
            if (InPlace.Records(target, operand))
            {
                using var before = InPlace.Before(target);
                return Recorded(recorded(before, operand), other);
            }

            RequireFloatQuotient(operation, target);
            Arithmetic.Binary(operation, target, operand, target);
            return Written(other);
        }

        private Tensor ByNumber(BinaryOperation operation, Scalar number, Func<TensorValue, Scalar, TensorValue> recorded)
        {
            var target = Value;
            if (InPlace.Records(target))
            {
                using var before = InPlace.Before(target);
                return Recorded(recorded(before, number), null);
            }

            var type = TypePromotion.Common(target, number);
            TorchError.Require(
                TypePromotion.CanCast(type, target.Type),
                $"a result of type {ElementType.Name(type)} cannot be stored as {ElementType.Name(target.Type)}");
            RequireFloatQuotient(operation, target);
            Arithmetic.Binary(operation, target, number, target);
            return Written(null);
        }

        private static void RequireFloatQuotient(BinaryOperation operation, TensorValue target) =>
            TorchError.Require(
                operation != BinaryOperation.Divide || ElementType.IsFloating(target.Type),
                $"a quotient cannot be stored as {ElementType.Name(target.Type)}");

        private Tensor ByFunction(UnaryOperation operation)
        {
            var target = Value;
            if (InPlace.Records(target))
            {
                if (target.Base is null && ElementType.IsFloating(target.Type) && Ops.NeedsResultOnly(operation))
                {
                    Ops.UnaryInPlace(operation, target);
                    return Result(target.Shared());
                }

                using var before = InPlace.Before(target);
                return Recorded(Ops.Unary(operation, before), null);
            }

            Arithmetic.Unary(operation, target, target);
            return Written(null);
        }

        // For operations that are rarely used in place: compute, then copy.
        private Tensor CopyOf(Tensor replacement)
        {
            using (replacement)
            {
                _ = InPlace.Records(Value, replacement.Value);
                TorchError.Require(
                    Shapes.Same(Value.Shape, replacement.Value.Shape),
                    $"a tensor of shape {Shapes.Text(Value.Shape)} cannot take a result of shape {Shapes.Text(replacement.Value.Shape)}");
                return Recorded(replacement.Value.Shared(), null);
            }
        }

        private Tensor Written(object? operand, object? other = null)
        {
            Value.Storage.Written();
            GC.KeepAlive(operand);
            return Result(Value.Shared(), other);
        }

        private Tensor Recorded(TensorValue replacement, object? operand, object? other = null)
        {
            InPlace.Become(Value, replacement);
            GC.KeepAlive(operand);
            return Result(Value.Shared(), other);
        }

        // What was there before no longer matters, not even to gradients.
        private Tensor Overwritten(TensorValue contents, object? operand)
        {
            using var before = InPlace.Before(Value);
            using var source = contents;
            return Recorded(Ops.Overwrite(before, source), operand);
        }
    }
}
