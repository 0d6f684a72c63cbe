using TorchSharp.Kernels;
using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Uniform(input.Value.Shape, dtype ?? input.dtype, device, requires_grad, null);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Normal(input.Value.Shape, dtype ?? input.dtype, device, requires_grad, null);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Integers(low, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Integers(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Integers(low, high, size.Shape, dtype, device, requires_grad, generator);

    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Integers(0, high, size.Shape, dtype, device, requires_grad, generator);

    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        using var order = TensorValue.Allocate([n], ScalarType.Int64);
        (generator ?? Generator.Default).Draw(order, static (stream, value) => FillPermutation(stream, value));
        return Made(Copying.Cast(order, dtype ?? ScalarType.Int64), device, requires_grad);
    }

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null)
    {
        using var value = Sampled(
            ShapeOf(size), (mean, std), generator,
            static (stream, result, p) => FillNormal(stream, result, p.mean, p.std));
        return Made(Copying.Cast(value, Typed(dtype)), device, requires_grad);
    }

    public static Tensor bernoulli(Tensor input, Generator? generator = null)
    {
        using var draws = Uniform(input.Value.Shape, input.dtype, null, false, generator);
        using var below = Comparing.Compare(ComparisonOperation.Less, draws.Value, input.Value);
        return input.Result(Copying.Cast(below, input.dtype));
    }

    private static Tensor Uniform(
        ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator)
    {
        using var value = Sampled(
            ShapeOf(size), (0.0, 1.0), generator,
            static (stream, result, p) => FillUniform(stream, result, p.Item1, p.Item2));
        return Made(RequireFloat(value, Typed(dtype)), device, requires_grad);
    }

    private static Tensor Normal(
        ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator)
    {
        using var value = Sampled(
            ShapeOf(size), (0.0, 1.0), generator,
            static (stream, result, p) => FillNormal(stream, result, p.Item1, p.Item2));
        return Made(RequireFloat(value, Typed(dtype)), device, requires_grad);
    }

    private static Tensor Integers(
        long low, long high, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator)
    {
        TorchError.Require(low < high, $"there is no integer from {low} up to {high}");
        using var value = TensorValue.Allocate(ShapeOf(size), ScalarType.Int64);
        (generator ?? Generator.Default).Draw((value, low, high), static (stream, p) => FillIntegers(stream, p.value, p.low, p.high));
        return Made(Copying.Cast(value, dtype ?? ScalarType.Int64), device, requires_grad);
    }

    private static TensorValue RequireFloat(TensorValue value, ScalarType type)
    {
        TorchError.Require(
            ElementType.IsFloating(type), $"random numbers of type {ElementType.Name(type)} are not supported");
        return Copying.Cast(value, type);
    }

    private static TensorValue Sampled(
        long[] shape, (double, double) parameters, Generator? generator, Action<Philox, TensorValue, (double mean, double std)> fill)
    {
        var value = TensorValue.Allocate(shape);
        (generator ?? Generator.Default).Draw(
            (value, parameters, fill), static (stream, state) => state.fill(stream, state.value, state.parameters));
        return value;
    }

    private static unsafe void FillNormal(Philox stream, TensorValue value, double mean, double deviation) =>
        stream.FillNormal(value.Floats, value.Count, (float)mean, (float)deviation);

    private static unsafe void FillUniform(Philox stream, TensorValue value, double low, double high) =>
        stream.FillUniform(value.Floats, value.Count, (float)low, (float)high);

    private static unsafe void FillIntegers(Philox stream, TensorValue value, long low, long high) =>
        stream.FillIntegers(value.Pointer<long>(), value.Count, low, high);

    private static unsafe void FillPermutation(Philox stream, TensorValue value) =>
        stream.FillPermutation(value.Pointer<long>(), value.Count);

    public partial class Tensor
    {
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Sampled_(Sampled(Value.Shape, (mean, std), generator, static (stream, result, p) => FillNormal(stream, result, p.mean, p.std)));

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Sampled_(Sampled(Value.Shape, (from, to), generator, static (stream, result, p) => FillUniform(stream, result, p.mean, p.std)));

        public Tensor bernoulli(Generator? generator = null) => torch.bernoulli(this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            using var draws = uniform_(0, 1, generator);
            using var below = draws.lt(p);
            return copy_(below);
        }

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.rand_like(this, dtype, device, requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randn_like(this, dtype, device, requires_grad);

        private Tensor Sampled_(TensorValue values)
        {
            using var source = new Tensor(values);
            return copy_(source);
        }
    }
}
