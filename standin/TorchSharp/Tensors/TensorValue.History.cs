using TorchSharp.Autograd;
using TorchSharp.Operators;

namespace TorchSharp.Tensors;

internal sealed unsafe partial class TensorValue
{
    private bool _leafRequiresGrad;
    private GraphNode? _producer;
    private TensorValue? _base;
    private GraphNode? _baseProducer;

    /// <summary>The leaf's node while some graph holds it; not counted as a reference.</summary>
    public LeafNode? Leaf { get; set; }

    /// <summary>What <c>grad()</c> shows.</summary>
    public TensorValue? Gradient { get; set; }

    /// <summary>The tensor of which this one is a view, if it is one.</summary>
    public TensorValue? Base => _base;

    public GraphNode? Producer
    {
        get
        {
            if (_base is not null && _base._producer != _baseProducer)
            {
                FollowBase();
            }

            return _producer;
        }
    }

    public bool IsLeaf => Producer is null;

    public bool RequiresGrad => _leafRequiresGrad || Producer is not null;

    public void SetRequiresGrad(bool value)
    {
        TorchError.Require(
            !value || ElementType.IsFloating(Type), "only floating point numbers can require gradients");

        // A result with a history keeps asking for gradients whatever its flag says.
        if (IsLeaf)
        {
            _leafRequiresGrad = value;
        }
    }

    /// <summary>Takes over the caller's reference to the operation that made this value.</summary>
    public void Record(GraphNode producer)
    {
        var previous = _producer;
        if (previous?.GradientKeeper == this)
        {
            previous.GradientKeeper = null;
            producer.GradientKeeper = this;
        }

        _producer = producer;
        _leafRequiresGrad = false;
        previous?.Release();
    }

    public void RecordShared(GraphNode producer)
    {
        producer.Retain();
        Record(producer);
    }

    /// <summary>Where a gradient of this value has to go, with a reference for the caller; null if nowhere.</summary>
    public GraphNode? HistoryEdge()
    {
        if (Producer is { } producer)
        {
            producer.Retain();
            return producer;
        }

        return _leafRequiresGrad ? LeafNode.For(this) : null;
    }

    /// <summary>Notes that this value is a view, so that a write through either shows in the history of both.</summary>
    public void ViewOf(TensorValue origin)
    {
        _base = origin._base ?? origin;
        _base.Retain();
        _baseProducer = _base._producer;
    }

    /// <summary>Cuts this value off from the graph, in place.</summary>
    public void ForgetHistory()
    {
        _leafRequiresGrad = false;
        ReleaseProducer();
        _base?.Release();
        _base = null;
    }

    // A write through the base, or through another view of it, gave the base a new history: this view
    // has to become a view of that.
    private void FollowBase()
    {
        var origin = _base!;
        _baseProducer = origin._producer;
        if (_baseProducer is not null)
        {
            Record(new WindowNode(origin, Shape, Strides, Offset));
        }
    }

    private void ReleaseProducer()
    {
        if (_producer is not null)
        {
            if (_producer.GradientKeeper == this)
            {
                _producer.GradientKeeper = null;
            }

            _producer.Release();
            _producer = null;
        }
    }

    private void ReleaseHistory()
    {
        ReleaseProducer();
        Gradient?.Release();
        Gradient = null;
        _base?.Release();
        _base = null;
    }
}
