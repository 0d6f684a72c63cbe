using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static unsafe partial class Ops
{
    /// <summary>Normalises each group of channels of each sample to mean 0 and variance 1, then scales and shifts each channel.</summary>
    public static TensorValue GroupNorm(TensorValue x, long groups, TensorValue? scale, TensorValue? shift, double epsilon)
    {
        TorchError.Require(x.Rank >= 2, $"group norm takes at least 2 dimensions, not {x.Rank}");
        var channels = x.Shape[1];
        TorchError.Require(
            groups > 0 && channels % groups == 0,
            $"the channels of {Shapes.Text(x.Shape)} cannot be divided into {groups} groups");
        foreach (var parameter in new[] { scale, shift })
        {
            TorchError.Require(
                parameter is null || (parameter.Rank == 1 && parameter.Count == channels),
                $"weight and bias must be vectors of {channels} elements");
        }

        if (x.Type != ScalarType.Float32 || (scale ?? x).Type != x.Type || (shift ?? x).Type != x.Type)
        {
            return GroupNormByParts(x, groups, scale, shift, epsilon);
        }

        var result = TensorValue.Allocate(x.Shape);
        using var mean = TensorValue.Allocate([x.Shape[0], groups]);
        using var inverse = TensorValue.Allocate([x.Shape[0], groups]);
        using (var input = x.Compact())
        using (var factors = scale?.Compact())
        using (var offsets = shift?.Compact())
        {
            GroupNormalization.Forward(
                (int)x.Shape[0], (int)channels, PixelsOf(x), (int)groups, (float)epsilon, input.Floats,
                factors is null ? null : factors.Floats, offsets is null ? null : offsets.Floats, result.Floats,
                mean.Floats, inverse.Floats);
        }

        if (GradMode.Enabled && (x.RequiresGrad || scale is { RequiresGrad: true } || shift is { RequiresGrad: true }))
        {
            result.Record(new GroupNormNode(x, scale, shift, mean, inverse, groups, epsilon));
        }

        return result;
    }

    private static int PixelsOf(TensorValue x) => (int)Shapes.Count(x.Shape.AsSpan(2));

    // The same from elementary operations: for other types, and as the way to second derivatives.
    private static TensorValue GroupNormByParts(TensorValue x, long groups, TensorValue? scale, TensorValue? shift, double epsilon)
    {
        using var normal = Normalized(x, groups, epsilon, out var inverse);
        inverse.Release();
        using var shaped = Reshape(normal, x.Shape);
        var current = shaped.Shared();
        foreach (var (parameter, multiply) in new[] { (scale, true), (shift, false) })
        {
            if (parameter is not null)
            {
                using var column = Reshape(parameter, ChannelShape(x));
                var next = multiply ? Mul(current, column) : Add(current, column);
                current.Release();
                current = next;
            }
        }

        return current;
    }

    private static TensorValue Normalized(TensorValue x, long groups, double epsilon, out TensorValue inverse)
    {
        using var grouped = Reshape(x, [x.Shape[0], groups, -1]);
        using var mean = Mean(grouped, [2], true);
        using var centred = Sub(grouped, mean);
        using var squares = Unary(UnaryOperation.Square, centred);
        using var variance = Mean(squares, [2], true);
        using var raised = AddScalar(variance, epsilon.ToScalar());
        inverse = Unary(UnaryOperation.ReciprocalSquareRoot, raised);
        return Mul(centred, inverse);
    }

    private static long[] ChannelShape(TensorValue x)
    {
        var shape = new long[x.Rank];
        Array.Fill(shape, 1);
        shape[1] = x.Shape[1];
        return shape;
    }

    private sealed class GroupNormNode : GraphNode
    {
        private readonly long _groups;
        private readonly double _epsilon;
        private readonly bool _hasScale;
        private readonly bool _hasShift;
        private SavedValue _x;
        private SavedValue _scale;
        private SavedValue _mean;
        private SavedValue _inverse;

        public GroupNormNode(
            TensorValue x, TensorValue? scale, TensorValue? shift, TensorValue mean, TensorValue inverse, long groups, double epsilon)
            : base(x, scale, shift)
        {
            (_groups, _epsilon, _hasScale, _hasShift) = (groups, epsilon, scale is not null, shift is not null);
            _x = SavedValue.Input(x);
            _scale = scale is null ? default : SavedValue.Input(scale);
            _mean = SavedValue.Input(mean);
            _inverse = SavedValue.Input(inverse);
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var x = _x.Open(this);
            using var scale = _hasScale ? _scale.Open(this) : null;
            if (GradMode.Enabled)
            {
                Recorded(gradient, x, scale, pass);
            }
            else
            {
                Fused(gradient, x, scale, pass);
            }
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _scale.Release();
            _mean.Release();
            _inverse.Release();
        }

        private void Fused(TensorValue gradient, TensorValue x, TensorValue? scale, BackwardPass pass)
        {
            using var mean = _mean.Open(this);
            using var inverse = _inverse.Open(this);
            using var input = x.Compact();
            using var factors = scale?.Compact();

            // The kernel has read all it needs of a pixel's gradient when it writes the pixel: one buffer does for both.
            var inner = pass.MayOverwrite(gradient) ? gradient.Shared() : TensorValue.Allocate(x.Shape);
            using var outer = gradient.Compact();
            var scaled = _hasScale && pass.Wants(1) ? TensorValue.Allocate([x.Shape[1]]) : null;
            var shifted = _hasShift && pass.Wants(2) ? TensorValue.Allocate([x.Shape[1]]) : null;
            GroupNormalization.Backward(
                (int)x.Shape[0], (int)x.Shape[1], PixelsOf(x), (int)_groups, input.Floats, factors is null ? null : factors.Floats,
                mean.Floats, inverse.Floats, outer.Floats, inner.Floats,
                scaled is null ? null : scaled.Floats, shifted is null ? null : shifted.Floats);
            pass.Give(0, inner);
            if (scaled is not null)
            {
                pass.Give(1, scaled);
            }

            if (shifted is not null)
            {
                pass.Give(2, shifted);
            }
        }

        // With n the normalised input, i the inverse deviation and h the gradient times the scale:
        // the gradient of the input is i·(h − mean(h) − n·mean(h·n)).
        private void Recorded(TensorValue gradient, TensorValue x, TensorValue? scale, BackwardPass pass)
        {
            using var normal = Normalized(x, _groups, _epsilon, out var inverse);
            using var deviation = inverse;
            long[] others = [0, .. Enumerable.Range(2, x.Rank - 2).Select(static d => (long)d)];
            if (pass.Wants(0))
            {
                using var column = scale is null ? null : Reshape(scale, ChannelShape(x));
                using var weighted = column is null ? gradient.Shared() : Mul(gradient, column);
                using var grouped = Reshape(weighted, normal.Shape);
                using var level = Mean(grouped, [2], true);
                using var product = Mul(grouped, normal);
                using var slope = Mean(product, [2], true);
                using var along = Mul(normal, slope);
                using var centred = Sub(grouped, level);
                using var rest = Sub(centred, along);
                using var result = Mul(rest, deviation);
                pass.Give(0, Reshape(result, x.Shape));
            }

            if (_hasScale && pass.Wants(1))
            {
                using var shaped = Reshape(normal, x.Shape);
                using var product = Mul(gradient, shaped);
                pass.Give(1, Sum(product, others, false));
            }

            if (_hasShift && pass.Wants(2))
            {
                pass.Give(2, Sum(gradient, others, false));
            }
        }
    }
}
