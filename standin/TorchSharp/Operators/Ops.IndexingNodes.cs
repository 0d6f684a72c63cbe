using TorchSharp.Autograd;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    private sealed class CatNode(ReadOnlySpan<TensorValue> parts, int dimension) : GraphNode(parts)
    {
        private readonly int _dimension = dimension;
        private readonly long[] _lengths = Lengths(parts, dimension);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            var start = 0L;
            for (var i = 0; i < _lengths.Length; i++)
            {
                if (pass.Wants(i))
                {
                    pass.Give(i, Slice(gradient, _dimension, start, _lengths[i]));
                }

                start += _lengths[i];
            }
        }

        private static long[] Lengths(ReadOnlySpan<TensorValue> parts, int dimension)
        {
            var lengths = new long[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                lengths[i] = parts[i].Shape[dimension];
            }

            return lengths;
        }
    }

    private sealed class GatherNode(TensorValue x, int dimension, TensorValue index) : GraphNode(x)
    {
        private readonly long[] _shape = x.Shape;
        private readonly int _dimension = dimension;
        private SavedValue _index = SavedValue.Input(index);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var index = _index.Open(this);
            pass.Give(0, ScatterAddInto(_shape, gradient, _dimension, index));
        }

        protected override void ReleaseSaved() => _index.Release();
    }

    private sealed class ScatterNode(TensorValue x, int dimension, TensorValue index, TensorValue source, bool add) : GraphNode(x, source)
    {
        private readonly int _dimension = dimension;
        private readonly bool _add = add;
        private readonly long[] _sourceShape = source.Shape;
        private SavedValue _index = SavedValue.Input(index);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var index = _index.Open(this);
            if (pass.Wants(0))
            {
                if (_add)
                {
                    pass.Give(0, gradient.Shared());
                }
                else
                {
                    using var zeros = TensorValue.Zeros(index.Shape, gradient.Type);
                    pass.Give(0, Scatter(gradient, _dimension, index, zeros, false));
                }
            }

            if (pass.Wants(1))
            {
                using var gathered = Gather(gradient, _dimension, index);
                pass.Give(1, WithMargins(gathered, _sourceShape));
            }
        }

        protected override void ReleaseSaved() => _index.Release();

        // The source may be larger than the index; what lies outside was not used.
        private static TensorValue WithMargins(TensorValue part, long[] shape)
        {
            var current = part.Shared();
            for (var i = 0; i < shape.Length; i++)
            {
                if (current.Shape[i] != shape[i])
                {
                    var larger = (long[])current.Shape.Clone();
                    larger[i] = shape[i];
                    var next = Place(current, larger, i, 0, 1);
                    current.Release();
                    current = next;
                }
            }

            return current;
        }
    }

    private sealed class IndexSelectNode(TensorValue x, int dimension, TensorValue index) : GraphNode(x)
    {
        private readonly long[] _shape = x.Shape;
        private readonly int _dimension = dimension;
        private SavedValue _index = SavedValue.Input(index);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var index = _index.Open(this);
            using var zeros = TensorValue.Zeros(_shape, gradient.Type);
            pass.Give(0, IndexAdd(zeros, _dimension, index, gradient, 1));
        }

        protected override void ReleaseSaved() => _index.Release();
    }

    private sealed class IndexAddNode(TensorValue x, int dimension, TensorValue index, TensorValue source, double scale) : GraphNode(
        x, source)
    {
        private readonly int _dimension = dimension;
        private readonly double _scale = scale;
        private SavedValue _index = SavedValue.Input(index);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            pass.Give(0, gradient.Shared());
            if (pass.Wants(1))
            {
                using var index = _index.Open(this);
                using var selected = IndexSelect(gradient, _dimension, index);
                pass.Give(1, _scale == 1 ? selected.Shared() : Mul(selected, _scale));
            }
        }

        protected override void ReleaseSaved() => _index.Release();
    }

    private sealed class WhereNode(TensorValue condition, TensorValue x, TensorValue y) : GraphNode(x, y)
    {
        private readonly (long[] Shape, ScalarType Type) _x = (x.Shape, x.Type);
        private readonly (long[] Shape, ScalarType Type) _y = (y.Shape, y.Type);
        private SavedValue _condition = SavedValue.Input(condition);

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            using var condition = _condition.Open(this);
            using var zero = Filling.Full(Shapes.Scalar, 0.0, gradient.Type);
            if (pass.Wants(0))
            {
                using var part = Where(condition, gradient, zero);
                pass.Give(0, Conform(part, _x.Shape, _x.Type));
            }

            if (pass.Wants(1))
            {
                using var part = Where(condition, zero, gradient);
                pass.Give(1, Conform(part, _y.Shape, _y.Type));
            }
        }

        protected override void ReleaseSaved() => _condition.Release();
    }
}
