using FedActors.Actors.Transfer.Channel;
using FedActors.Models.Parameters;

namespace FedActors.ClusterBench.Loads;

/// <summary>A channel that counts the vectors that come through it.</summary>
internal sealed class CountingChannel(IVectorChannel inner) : IVectorChannel
{
    private long _received;

    public long Received => Interlocked.Read(ref _received);

    public int Port => inner.Port;

    public Guid Issue(string name, ReadOnlyMemory<byte> bytes) => inner.Issue(name, bytes);

    public void Withdraw(string name) => inner.Withdraw(name);

    public Task ReceiveAsync(string host, int port, Guid key, ParameterVectorBuilder vector, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _received);
        return inner.ReceiveAsync(host, port, key, vector, cancellation);
    }
}
