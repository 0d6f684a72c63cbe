using TorchSharp.Autograd;
using TorchSharp.Tensors;

namespace TorchSharp.Operators;

internal static partial class Ops
{
    /// <summary>The product of two matrices.</summary>
    public static TensorValue Mm(TensorValue a, TensorValue b)
    {
        TorchError.Require(a.Rank == 2 && b.Rank == 2, "mat1 and mat2 must be matrices");
        RequireSameType(a, b);
        TorchError.Require(
            a.Shape[1] == b.Shape[0],
            $"mat1 and mat2 shapes cannot be multiplied ({a.Shape[0]}x{a.Shape[1]} and {b.Shape[0]}x{b.Shape[1]})");
        var result = TensorValue.Allocate([a.Shape[0], b.Shape[1]], a.Type);
        MatrixProduct.Into(result, a, b, false);
        if (GradMode.Records(a, b))
        {
            result.Record(new ProductNode(a, b));
        }

        return result;
    }

    /// <summary>The products of two batches of matrices.</summary>
    public static TensorValue Bmm(TensorValue a, TensorValue b)
    {
        TorchError.Require(a.Rank == 3 && b.Rank == 3, "batch1 and batch2 must be 3D tensors");
        RequireSameType(a, b);
        TorchError.Require(
            a.Shape[0] == b.Shape[0] && a.Shape[2] == b.Shape[1],
            $"cannot multiply batches of shapes {Shapes.Text(a.Shape)} and {Shapes.Text(b.Shape)}");
        var result = TensorValue.Allocate([a.Shape[0], a.Shape[1], b.Shape[2]], a.Type);
        MatrixProduct.Into(result, a, b, false);
        if (GradMode.Records(a, b))
        {
            result.Record(new ProductNode(a, b));
        }

        return result;
    }

    public static TensorValue Dot(TensorValue a, TensorValue b)
    {
        TorchError.Require(
            a.Rank == 1 && b.Rank == 1, $"a dot product takes two vectors, not tensors of {a.Rank} and {b.Rank} dimensions");
        RequireSameType(a, b);
        TorchError.Require(
            a.Count == b.Count, $"cannot multiply vectors of {a.Count} and {b.Count} elements");
        using var row = View(a, [1, a.Count]);
        using var column = Unsqueeze(b, 1);
        using var product = Mm(row, column);
        return Reshape(product, Shapes.Scalar);
    }

    public static TensorValue Mv(TensorValue matrix, TensorValue vector)
    {
        TorchError.Require(
            matrix.Rank == 2 && vector.Rank == 1,
            $"mv() takes a matrix and a vector, not tensors of {matrix.Rank} and {vector.Rank} dimensions");
        TorchError.Require(
            matrix.Shape[1] == vector.Count,
            $"cannot multiply a matrix of shape {Shapes.Text(matrix.Shape)} and a vector of {vector.Count} elements");
        using var column = Unsqueeze(vector, 1);
        using var product = Mm(matrix, column);
        return Squeeze(product, 1);
    }

    /// <summary>The product with the broadcasting of <c>matmul</c>.</summary>
    public static TensorValue MatMul(TensorValue a, TensorValue b)
    {
        TorchError.Require(
            a.Rank > 0 && b.Rank > 0, $"matmul() takes no zero-dimensional tensors ({a.Rank} and {b.Rank} dimensions)");
        switch (a.Rank, b.Rank)
        {
            case (1, 1): return Dot(a, b);
            case (2, 2): return Mm(a, b);
            case (2, 1): return Mv(a, b);
            case (1, 2):
                {
                    using var row = Unsqueeze(a, 0);
                    using var product = Mm(row, b);
                    return Squeeze(product, 0);
                }

            case ( > 2, <= 2):
                {
                    // One matrix for the whole batch: the batch becomes rows.
                    using var matrix = b.Rank == 1 ? Unsqueeze(b, 1) : b.Shared();
                    using var rows = Reshape(a, [-1, a.Shape[^1]]);
                    using var product = Mm(rows, matrix);
                    return Reshape(product, b.Rank == 1 ? a.Shape[..^1] : [.. a.Shape[..^1], b.Shape[1]]);
                }

            default: return BatchedMatMul(a, b);
        }
    }

    private static TensorValue BatchedMatMul(TensorValue a, TensorValue b)
    {
        using var left = a.Rank == 1 ? Unsqueeze(a, 0) : a.Shared();
        var batch = Shapes.Broadcast(left.Shape[..^2], b.Shape[..^2]);
        using var wideLeft = Expand(left, [.. batch, left.Shape[^2], left.Shape[^1]]);
        using var wideRight = Expand(b, [.. batch, b.Shape[^2], b.Shape[^1]]);
        using var flatLeft = Reshape(wideLeft, [Shapes.Count(batch), left.Shape[^2], left.Shape[^1]]);
        using var flatRight = Reshape(wideRight, [Shapes.Count(batch), b.Shape[^2], b.Shape[^1]]);
        using var product = Bmm(flatLeft, flatRight);
        return Reshape(product, a.Rank == 1 ? [.. batch, b.Shape[^1]] : [.. batch, left.Shape[^2], b.Shape[^1]]);
    }

    /// <summary>beta · input + alpha · a · b.</summary>
    public static TensorValue AddMm(TensorValue input, TensorValue a, TensorValue b, double beta, double alpha)
    {
        using var product = Mm(a, b);
        TorchError.Require(
            Shapes.CanExpand(input.Shape, product.Shape),
            $"cannot add a product of shape {Shapes.Text(product.Shape)} to {Shapes.Text(input.Shape)}");
        RequireSameType(input, a);
        using var scaled = beta == 1 ? input.Shared() : Mul(input, beta);
        return Add(scaled, product, alpha);
    }

    /// <summary>x · weightᵀ + bias for the last dimension of x.</summary>
    public static TensorValue Linear(TensorValue x, TensorValue weight, TensorValue? bias)
    {
        if (x.Rank != 2 || weight.Rank != 2)
        {
            using var turned = weight.Rank == 2 ? Transpose(weight, 0, 1) : weight.Shared();
            using var product = MatMul(x, turned);
            return bias is null ? product.Shared() : Add(product, bias);
        }

        RequireSameType(x, weight);
        TorchError.Require(
            x.Shape[1] == weight.Shape[1],
            $"mat1 and mat2 shapes cannot be multiplied ({x.Shape[0]}x{x.Shape[1]} and {weight.Shape[1]}x{weight.Shape[0]})");
        var result = TensorValue.Allocate([x.Shape[0], weight.Shape[0]], x.Type);
        if (bias is not null)
        {
            RequireSameType(x, bias);
            Copying.Into(result, bias);
        }

        using (var turned = weight.Window([weight.Shape[1], weight.Shape[0]], [weight.Strides[1], weight.Strides[0]], weight.Offset))
        {
            MatrixProduct.Into(result, x, turned, bias is not null);
        }

        if (GradMode.Records(x, weight, bias))
        {
            result.Record(new LinearNode(x, weight, bias));
        }

        return result;
    }

    private static void RequireSameType(TensorValue a, TensorValue b) =>
        TorchError.Require(
            a.Type == b.Type, $"cannot multiply matrices of types {ElementType.Name(a.Type)} and {ElementType.Name(b.Type)}");

    private sealed class ProductNode : GraphNode
    {
        private SavedValue _a;
        private SavedValue _b;

        public ProductNode(TensorValue a, TensorValue b)
            : base(a, b)
        {
            _a = Needs(1) ? SavedValue.Input(a) : default;
            _b = Needs(0) ? SavedValue.Input(b) : default;
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                using var b = _b.Open(this);
                using var turned = Transpose(b, -2, -1);
                pass.Give(0, gradient.Rank == 2 ? Mm(gradient, turned) : Bmm(gradient, turned));
            }

            if (pass.Wants(1))
            {
                using var a = _a.Open(this);
                using var turned = Transpose(a, -2, -1);
                pass.Give(1, gradient.Rank == 2 ? Mm(turned, gradient) : Bmm(turned, gradient));
            }
        }

        protected override void ReleaseSaved()
        {
            _a.Release();
            _b.Release();
        }
    }

    private sealed class LinearNode : GraphNode
    {
        private SavedValue _x;
        private SavedValue _weight;

        public LinearNode(TensorValue x, TensorValue weight, TensorValue? bias)
            : base(x, weight, bias)
        {
            _x = Needs(1) ? SavedValue.Input(x) : default;
            _weight = Needs(0) ? SavedValue.Input(weight) : default;
        }

        public override void Backward(TensorValue gradient, BackwardPass pass)
        {
            if (pass.Wants(0))
            {
                using var weight = _weight.Open(this);
                pass.Give(0, Mm(gradient, weight));
            }

            if (pass.Wants(1))
            {
                using var x = _x.Open(this);
                using var turned = Transpose(gradient, 0, 1);
                pass.Give(1, Mm(turned, x));
            }

            if (InputCount > 2 && pass.Wants(2))
            {
                pass.Give(2, Sum(gradient, [0], false));
            }
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _weight.Release();
        }
    }
}
