using TorchSharp.Autograd;
using TorchSharp.Tensors;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    /// <summary>Zeros of a shape, with x in the place that a slice was taken from.</summary>
    public static TensorValue Place(TensorValue x, long[] shape, int dimension, long start, long step)
    {
        var result = TensorValue.Zeros(shape, x.Type);
        var strides = (long[])result.Strides.Clone();
        var offset = start * strides[dimension];
        strides[dimension] *= step;
        using (var hole = result.Window(x.Shape, strides, offset))
        {
            Copying.Into(hole, x);
        }

        if (GradMode.Records(x))
        {
            result.Record(new PlaceNode(x, dimension, start, step));
        }

        return result;
    }

    /// <summary>A copy of a tensor in which a window is overwritten by a part.</summary>
    public static TensorValue WriteWindow(TensorValue target, TensorValue part, TensorGeometry source, TensorGeometry window)
    {
        var result = Copying.Clone(target);
        var inside = window.Within(source, 0);
        using (var hole = result.Window(inside.Shape, inside.Strides, inside.Offset))
        {
            Copying.Into(hole, part);
        }

        if (GradMode.Records(target, part))
        {
            result.Record(new WriteWindowNode(target, part, source, window));
        }

        return result;
    }

    /// <summary>The replacement, as the successor of a value whose contents no longer matter.</summary>
    public static TensorValue Overwrite(TensorValue before, TensorValue replacement)
    {
        var result = Copying.Clone(replacement);
        if (GradMode.Records(before, replacement))
        {
            result.Record(new OverwriteNode(before, replacement));
        }

        return result;
    }

    private sealed class OverwriteNode(TensorValue before, TensorValue replacement) : GraphNode(before, replacement)
    {
        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                pass.Give(0, TensorValue.Zeros(gradient.Shape, gradient.Type));
            }

            pass.Give(1, gradient.Shared());
        }
    }
}
