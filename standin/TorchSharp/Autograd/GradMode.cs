using TorchSharp.Tensors;

namespace TorchSharp.Autograd;

/// <summary>Whether operations of this thread are recorded for differentiation.</summary>
internal sealed class GradMode : IDisposable
{
    // Inverted, so that the zero a new thread starts with means "enabled".
    [ThreadStatic]
    private static bool t_disabled;

    private readonly bool _previous;

    public GradMode(bool enabled)
    {
        _previous = Enabled;
        Enabled = enabled;
    }

    public static bool Enabled
    {
        get => !t_disabled;
        set => t_disabled = !value;
    }

    public static bool Records(TensorValue a) => Enabled && a.RequiresGrad;

    public static bool Records(TensorValue a, TensorValue b) => Enabled && (a.RequiresGrad || b.RequiresGrad);

    public static bool Records(TensorValue a, TensorValue b, TensorValue? c) =>
        Enabled && (a.RequiresGrad || b.RequiresGrad || (c is not null && c.RequiresGrad));

    public static bool Records(ReadOnlySpan<TensorValue> values)
    {
        if (Enabled)
        {
            foreach (var value in values)
            {
                if (value.RequiresGrad)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public void Dispose() => Enabled = _previous;
}
