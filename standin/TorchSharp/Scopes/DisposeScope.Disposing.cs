namespace TorchSharp;

public partial class DisposeScope
{
    public void DisposeEverything() => DisposeAllBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep) =>
        DisposeAllBut(new HashSet<object>(inKeep, ReferenceEqualityComparer.Instance));

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut(new IDisposable[] { keep });
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        DisposeEverythingBut(new IDisposable[] { first, second });
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        DisposeEverythingBut(new IDisposable[] { first, second, third });
        return (first, second, third);
    }

    private void DisposeAllBut(HashSet<object> keep)
    {
        foreach (var disposable in _contents.TakeAll())
        {
            if (keep.Contains(disposable))
            {
                _contents.Add(disposable);
                continue;
            }

            if (disposable is torch.Tensor tensor)
            {
                _manager.StatisticsInstance.DisposedInScopeCount += tensor.IsInvalid ? 0 : 1;
                tensor.LeaveScope();
                tensor.Drop();
                continue;
            }

            _manager.StatisticsInstance.DisposedInScopeCount++;
            disposable.Dispose();
        }
    }
}
