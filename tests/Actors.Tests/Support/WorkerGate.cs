using FedActors.Actors.Workers;

namespace FedActors.Actors.Tests.Support;

/// <summary>Keeps the only thread of a worker pool busy until it is opened.</summary>
internal sealed class WorkerGate : IDisposable
{
    private readonly ManualResetEventSlim _open = new();

    public WorkerGate(WorkerPool workers) =>
        workers.Run(
            () =>
            {
                _open.Wait();
                return true;
            },
            CancellationToken.None);

    public void Open() => _open.Set();

    public void Dispose() => _open.Set();
}
