using TorchSharp.Autograd;
using TorchSharp.Kernels;
using TorchSharp.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Operators;

internal static unsafe partial class Ops
{
    public static TensorValue Reduced(TensorValue losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean => Mean(losses, [], false),
        Reduction.Sum => Sum(losses, [], false),
        _ => losses.Shared(),
    };

    /// <summary>Cross-entropy with class indices or, where the target has the shape of the input, probabilities.</summary>
    public static TensorValue CrossEntropy(
        TensorValue x, TensorValue target, TensorValue? weight, long ignored, Reduction reduction, double smoothing)
    {
        TorchError.Require(x.Rank > 0, "cross_entropy_loss(): input must have at least one dimension");
        TorchError.Require(
            smoothing is >= 0 and <= 1, $"label_smoothing must be between 0.0 and 1.0. Got: {smoothing}");
        var classes = x.Rank == 1 ? 0 : 1;
        using var logarithms = Softmax(x, classes, true);
        if (Shapes.Same(target.Shape, x.Shape))
        {
            return ProbabilityLoss(logarithms, target, weight, classes, reduction, smoothing);
        }

        if (smoothing == 0)
        {
            return NegativeLikelihood(logarithms, target, weight, ignored, reduction);
        }

        // The smoothed target is (1 − s)·one-hot + s/classes.
        TorchError.Require(weight is null, "cross_entropy with class weights and label smoothing is not supported");
        using var likelihood = NegativeLikelihood(logarithms, target, null, ignored, reduction);
        using var uniform = Mean(logarithms, [classes], false);
        using var kept = Comparing.Compare(ComparisonOperation.NotEqual, target, ignored.ToScalar());
        using var mask = Copying.Cast(kept, x.Type);
        using var masked = Mul(uniform, mask);
        using var sum = reduction == Reduction.None ? masked.Shared() : Sum(masked, [], false);
        using var count = Reducing.Reduce(ReductionOperation.Sum, mask, [], false);
        using var spread = reduction == Reduction.Mean ? Div(sum, count) : sum.Shared();
        using var first = Mul(likelihood, 1 - smoothing);
        return Add(first, spread, -smoothing);
    }

    /// <summary>−logarithms[n, target[n]], reduced; extra dimensions behind the classes are allowed.</summary>
    public static TensorValue NegativeLikelihood(
        TensorValue logarithms, TensorValue target, TensorValue? weight, long ignored, Reduction reduction)
    {
        TorchError.Require(
            target.Type == ScalarType.Int64, $"classes are of type Int64, not {ElementType.Name(target.Type)}");
        TorchError.Require(
            target.Rank == Math.Max(logarithms.Rank - 1, 0) && (logarithms.Rank == 1 || target.Shape[0] == logarithms.Shape[0]),
            $"targets of shape {Shapes.Text(target.Shape)} do not belong to inputs of shape {Shapes.Text(logarithms.Shape)}");
        var classes = logarithms.Rank == 1 ? 0 : 1;
        TorchError.Require(
            Shapes.Same(target.Shape, [.. logarithms.Shape[..classes], .. logarithms.Shape[(classes + 1)..]]),
            $"targets of shape {Shapes.Text(target.Shape)} do not belong to inputs of shape {Shapes.Text(logarithms.Shape)}");
        TorchError.Require(
            weight is null || (weight.Rank == 1 && weight.Count == logarithms.Shape[classes]),
            "there must be a weight for every class");

        using var weights = ClassWeights(target, logarithms.Shape[classes], logarithms.Type, weight, ignored, out var positions);
        using (positions)
        {
            using var index = Unsqueeze(positions, classes);
            using var picked = Gather(logarithms, classes, index);
            using var chosen = Squeeze(picked, classes);
            using var weighted = weights is null ? chosen.Shared() : Mul(chosen, weights);
            if (reduction == Reduction.None)
            {
                return Neg(weighted);
            }

            using var sum = Sum(weighted, [], false);
            if (reduction == Reduction.Sum)
            {
                return Neg(sum);
            }

            if (weights is null)
            {
                return Mul(sum, -1.0 / chosen.Count);
            }

            using var total = Reducing.Reduce(ReductionOperation.Sum, weights, [], false);
            using var mean = Div(sum, total);
            return Neg(mean);
        }
    }

    // The weight of each sample (null: one for all), and the target with ignored classes replaced by 0.
    private static TensorValue? ClassWeights(
        TensorValue target, long classes, ScalarType type, TensorValue? weight, long ignored, out TensorValue positions)
    {
        using var compact = target.Compact();
        var labels = compact.Pointer<long>();
        var ignores = false;
        for (long i = 0; i < compact.Count; i++)
        {
            ignores |= labels[i] == ignored;
            TorchError.Require(
                labels[i] == ignored || (ulong)labels[i] < (ulong)classes, $"Target {labels[i]} is out of bounds.");
        }

        if (!ignores && weight is null)
        {
            positions = target.Shared();
            return null;
        }

        using var mode = new GradMode(false);
        using var kept = Comparing.Compare(ComparisonOperation.NotEqual, target, ignored.ToScalar());
        using var zero = Filling.Full(Shapes.Scalar, 0.0, ScalarType.Int64);
        positions = Comparing.Where(kept, target, zero);
        var mask = Copying.Cast(kept, type);
        if (weight is null)
        {
            return mask;
        }

        using (mask)
        {
            using var flat = Reshape(positions, [-1]);
            using var selected = IndexSelect(weight, 0, flat);
            using var shaped = Reshape(selected, target.Shape);
            return Mul(shaped, mask);
        }
    }

    private static TensorValue ProbabilityLoss(
        TensorValue logarithms, TensorValue target, TensorValue? weight, int classes, Reduction reduction, double smoothing)
    {
        TorchError.Require(
            ElementType.IsFloating(target.Type), $"probabilities are floating point numbers, not {ElementType.Name(target.Type)}");
        var count = logarithms.Shape[classes];
        using var scaled = smoothing == 0 ? target.Shared() : Mul(target, 1 - smoothing);
        using var smooth = smoothing == 0 ? scaled.Shared() : AddScalar(scaled, (smoothing / count).ToScalar());
        using var products = Mul(logarithms, smooth);
        using var weighted = weight is null ? products.Shared() : Mul(products, weight);
        if (reduction == Reduction.None)
        {
            using var losses = Sum(weighted, [classes], false);
            return Neg(losses);
        }

        using var sum = Sum(weighted, [], false);
        return Mul(sum, reduction == Reduction.Sum ? -1.0 : -1.0 / Math.Max(logarithms.Count / count, 1));
    }
}
