using TorchSharp.Operators;
using TorchSharp.Tensors;

namespace TorchSharp.Autograd;

/// <summary>
/// Writes into existing tensors. Where gradients are at stake, the new contents are computed as a new value
/// with a history of its own, copied in, and the history taken over; a view passes it on to its base.
/// </summary>
internal static class InPlace
{
    /// <summary>Whether a write has to be recorded. Throws if it must not happen at all.</summary>
    public static bool Records(TensorValue target, TensorValue? other0 = null, TensorValue? other1 = null)
    {
        if (!GradMode.Enabled)
        {
            return false;
        }

        if (target.RequiresGrad)
        {
            TorchError.Require(
                !target.IsLeaf, "a leaf that requires gradients is being changed in place");
            TorchError.Require(
                target.Base is not { IsLeaf: true, RequiresGrad: true },
                "a view of a leaf that requires gradients is being changed in place");
            return true;
        }

        return other0 is { RequiresGrad: true } || other1 is { RequiresGrad: true };
    }

    /// <summary>A copy of the target as it is now, to compute its new contents from: backward may need the old ones.</summary>
    public static TensorValue Before(TensorValue target)
    {
        var before = Copying.Clone(target);
        if (target.Producer is { } producer)
        {
            before.RecordShared(producer);
        }

        return before;
    }

    /// <summary>Takes over contents and history of a value that the caller gives up.</summary>
    public static void Become(TensorValue target, TensorValue replacement)
    {
        using var expanded = Shapes.Same(replacement.Shape, target.Shape) ? replacement.Shared() : Ops.Expand(replacement, target.Shape);
        replacement.Release();
        CheckCast(target, expanded);
        using var typed = Ops.To(expanded, target.Type);
        if (target.Base is { } origin && typed.RequiresGrad)
        {
            BecomePart(target, origin, typed);
            return;
        }

        Copying.Into(target, typed);
        target.Storage.Written();
        if (typed.HistoryEdge() is { } producer)
        {
            target.Record(producer);
        }
    }

    public static void CheckCast(TensorValue target, TensorValue result) =>
        TorchError.Require(
            TypePromotion.CanCast(result.Type, target.Type),
            $"a result of type {ElementType.Name(result.Type)} cannot be stored as {ElementType.Name(target.Type)}");

    // The base becomes "the base with this window overwritten"; the window follows it when next asked.
    private static void BecomePart(TensorValue target, TensorValue origin, TensorValue replacement)
    {
        using var before = Before(origin);
        using var whole = Ops.WriteWindow(before, replacement, new TensorGeometry(origin), new TensorGeometry(target));
        Copying.Into(target, replacement);
        target.Storage.Written();
        if (whole.HistoryEdge() is { } producer)
        {
            origin.Record(producer);
        }
    }
}
