namespace TorchSharp;

/// <summary>Disposes all tensors that were made on this thread while the scope was the innermost one.</summary>
public partial class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private readonly ScopeContents _contents = new();

    public DisposeScope(DisposeScopeManager disposeScopeManager)
    {
        ArgumentNullException.ThrowIfNull(disposeScopeManager);
        _manager = disposeScopeManager;
        if (disposeScopeManager.DisposeScopeStack.TryPeek(out var outer))
        {
            OuterScope = outer;
        }
    }

    // A scope that was forgotten with everything in it: its tensors have no finalizers of their own.
    ~DisposeScope() => _contents.DropTensors();

    public IReadOnlyList<IDisposable> DisposablesView => _contents.ToList();

    public int DisposablesCount => _contents.Count;

    internal DisposeScope? OuterScope { get; }

    public T Include<T>(T disposable) where T : IDisposable
    {
        _contents.Add(disposable);
        return disposable;
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        MoveOut(disposable);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        MoveOut(first);
        MoveOut(second);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        MoveOut(first);
        MoveOut(second);
        MoveOut(third);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            MoveOut(disposable);
        }
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        TakeOut(disposable);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        TakeOut(first);
        TakeOut(second);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        TakeOut(first);
        TakeOut(second);
        TakeOut(third);
        return (first, second, third);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            TakeOut(disposable);
        }
    }

    public bool Contains(IDisposable disposable) => _contents.Contains(disposable);

    public void Dispose()
    {
        DisposeEverything();
        _manager.RemoveDisposeScope(this);
        GC.SuppressFinalize(this);
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        _manager.StatisticsInstance.DisposedInScopeCount++;
        _contents.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = null;
        }
    }

    private void MoveOut(IDisposable disposable)
    {
        if (!_contents.Remove(disposable))
        {
            return;
        }

        if (OuterScope is null)
        {
            _manager.StatisticsInstance.DetachedFromScopeCount++;
        }
        else
        {
            OuterScope._contents.Add(disposable);
        }

        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = OuterScope;
        }
    }

    private void TakeOut(IDisposable disposable)
    {
        if (!_contents.Remove(disposable))
        {
            return;
        }

        _manager.StatisticsInstance.DetachedFromScopeCount++;
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = null;
        }
    }
}
