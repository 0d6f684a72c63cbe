using TorchSharp.Tensors;

namespace TorchSharp.Autograd;

/// <summary>
/// A value kept for the backward pass, with the version of its contents. A node's own result is kept
/// outside the graph, and given its history back when it is opened: held as it is, node and result
/// would keep each other alive for ever.
/// </summary>
internal struct SavedValue
{
    private TensorValue? _value;
    private int _version;
    private bool _isResult;

    public static SavedValue Input(TensorValue value)
    {
        value.Retain();
        return new SavedValue { _value = value, _version = value.Storage.Version };
    }

    public static SavedValue Result(TensorValue value) =>
        new() { _value = value.Detached(), _version = value.Storage.Version, _isResult = true };

    /// <summary>The value with a reference for the caller.</summary>
    public readonly TensorValue Open(GraphNode owner)
    {
        if (_value is null)
        {
            throw TorchError.Of(
                "Trying to backward through the graph a second time: what it kept was freed after the first. "
                + "Set retain_graph to keep it.");
        }

        if (_value.Storage.Version != _version)
        {
            throw TorchError.Of(
                "A value that the gradient depends on has been changed in place meanwhile: "
                + $"shape {Shapes.Text(_value.Shape)}, version {_value.Storage.Version} instead of {_version}.");
        }

        if (_isResult && GradMode.Enabled)
        {
            var result = _value.Detached();
            result.RecordShared(owner);
            return result;
        }

        return _value.Shared();
    }

    public void Release()
    {
        _value?.Release();
        _value = null;
    }
}
