namespace TorchSharp;

/// <summary>
/// What a scope will dispose. Tensors know their place in the list, so that adding and removing them
/// costs no hashing; the place of a removed one stays empty until the list is emptied.
/// </summary>
internal sealed class ScopeContents
{
    private List<IDisposable?> _items = [];

    public int Count { get; private set; }

    public void Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            if (IsAt(tensor.ScopeSlot, tensor))
            {
                return;
            }

            tensor.ScopeSlot = _items.Count;
        }
        else if (Contains(disposable))
        {
            return;
        }

        _items.Add(disposable);
        Count++;
    }

    public bool Remove(IDisposable disposable)
    {
        var slot = SlotOf(disposable);
        if (slot < 0)
        {
            return false;
        }

        _items[slot] = null;
        Count--;
        while (_items.Count > 0 && _items[^1] is null)
        {
            _items.RemoveAt(_items.Count - 1);
        }

        return true;
    }

    public bool Contains(IDisposable disposable) => SlotOf(disposable) >= 0;

    public List<IDisposable> ToList() => [.. _items.OfType<IDisposable>()];

    /// <summary>Empties the list and returns what was in it.</summary>
    public IEnumerable<IDisposable> TakeAll()
    {
        var items = _items;
        _items = [];
        Count = 0;
        return items.OfType<IDisposable>();
    }

    public void DropTensors()
    {
        foreach (var tensor in _items.OfType<torch.Tensor>())
        {
            tensor.Drop();
        }
    }

    private int SlotOf(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            return IsAt(tensor.ScopeSlot, tensor) ? tensor.ScopeSlot : -1;
        }

        return _items.FindIndex(item => ReferenceEquals(item, disposable));
    }

    private bool IsAt(int slot, IDisposable disposable) => slot < _items.Count && ReferenceEquals(_items[slot], disposable);
}
