using TorchSharp.Tensors;

namespace TorchSharp.Autograd;

/// <summary>
/// One recorded operation with one result: which operations made its inputs, and how a gradient of the
/// result becomes gradients of the inputs. Backward code uses the same recorded operations as everybody
/// else, so that gradients are differentiable in turn whenever recording is on.
/// </summary>
internal abstract class GraphNode : Counted
{
    // Later operations have higher numbers, so descending order is an order of dependencies. Leaves come last.
    private static long s_operations;
    private static long s_leaves;

    private readonly GraphNode? _input0;
    private readonly GraphNode? _input1;
    private readonly GraphNode? _input2;
    private readonly GraphNode?[]? _more;

    private protected GraphNode(LeafMark mark)
    {
        _ = mark;
        Sequence = Interlocked.Decrement(ref s_leaves);
    }

    /// <summary>An input that is null keeps its number but never gets a gradient.</summary>
    protected GraphNode(TensorValue? input0 = null, TensorValue? input1 = null, TensorValue? input2 = null)
    {
        _input0 = input0?.HistoryEdge();
        _input1 = input1?.HistoryEdge();
        _input2 = input2?.HistoryEdge();
        InputCount = input2 is not null ? 3 : input1 is not null ? 2 : input0 is not null ? 1 : 0;
        Sequence = Interlocked.Increment(ref s_operations);
    }

    protected GraphNode(ReadOnlySpan<TensorValue> inputs)
    {
        InputCount = inputs.Length;
        _more = new GraphNode?[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            _more[i] = inputs[i].HistoryEdge();
        }

        Sequence = Interlocked.Increment(ref s_operations);
    }

    public long Sequence { get; }

    public int InputCount { get; }

    /// <summary>The value whose <c>grad()</c> is to be kept although it is no leaf; not counted as a reference.</summary>
    public TensorValue? GradientKeeper { get; set; }

    public bool IsFreed { get; private set; }

    /// <summary>The operation that made an input, or null where that input needs no gradient.</summary>
    public GraphNode? Input(int index) =>
        _more is not null ? _more[index]
        : index switch { 0 => _input0, 1 => _input1, _ => _input2 };

    /// <summary>Passes gradients on; the gradient given stays the caller's.</summary>
    public abstract void Backward(TensorValue gradient, BackwardPass pass);

    /// <summary>Lets go of what was kept for the backward pass.</summary>
    public void Free()
    {
        if (!IsFreed)
        {
            IsFreed = true;
            ReleaseSaved();
        }
    }

    protected bool Needs(int input) => Input(input) is not null;

    protected virtual void ReleaseSaved()
    {
    }

    /// <summary>Tells the constructor of a leaf's node from that of an operation without inputs.</summary>
    private protected readonly struct LeafMark;

    protected override void OnLastRelease() => NodeReaper.Destroy(this);

    /// <summary>Releases everything; called by <see cref="NodeReaper"/> alone.</summary>
    internal void Destroy()
    {
        Free();
        _input0?.Release();
        _input1?.Release();
        _input2?.Release();
        if (_more is not null)
        {
            foreach (var input in _more)
            {
                input?.Release();
            }
        }
    }
}
