using System.Collections.Concurrent;
using FedActors.Actors.Transfer.Channel;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Transfer;

/// <summary>A channel on which bytes come when the test says so.</summary>
internal sealed class ScriptedChannel : IVectorChannel
{
    private readonly BlockingCollection<Reception> _receptions = [];
    private readonly Dictionary<Guid, (string Name, ReadOnlyMemory<byte> Bytes)> _tickets = [];

    public int Port => 4711;

    public Guid Issue(string name, ReadOnlyMemory<byte> bytes)
    {
        var key = Guid.NewGuid();
        _tickets.Add(key, (name, bytes));
        return key;
    }

    public void Withdraw(string name)
    {
        foreach (var (key, _) in _tickets.Where(ticket => ticket.Value.Name == name).ToList())
        {
            _tickets.Remove(key);
        }
    }

    public Task ReceiveAsync(string host, int port, Guid key, ParameterVectorBuilder vector, CancellationToken cancellation)
    {
        var reception = new Reception(host, port, key, vector, cancellation);
        _receptions.Add(reception);
        return reception.Ended;
    }

    /// <summary>The bytes behind a key, or null.</summary>
    public byte[]? Behind(Guid key) => _tickets.TryGetValue(key, out var ticket) ? ticket.Bytes.ToArray() : null;

    /// <summary>The next reception that was begun.</summary>
    public Reception Next(TimeSpan patience) =>
        _receptions.TryTake(out var reception, patience) ? reception : throw new TimeoutException("No reception has begun.");

    public sealed class Reception(string host, int port, Guid key, ParameterVectorBuilder vector, CancellationToken unwanted)
    {
        private readonly TaskCompletionSource _ended = new();

        public (string Host, int Port, Guid Key) From => (host, port, key);

        public bool IsUnwanted => unwanted.IsCancellationRequested;

        public Task Ended => _ended.Task;

        /// <summary>Lets the next bytes of a vector come.</summary>
        public void Bring(ParameterVector source, int count)
        {
            source.Bytes.Slice(vector.Received, count).CopyTo(vector.Missing);
            vector.Advance(count);
        }

        /// <summary>Lets all the rest come.</summary>
        public void Complete(ParameterVector source)
        {
            Bring(source, vector.Missing.Length);
            End(_ended.SetResult);
        }

        public void Break() => End(() => _ended.SetException(new IOException("cut")));

        /// <summary>On a thread without a context, whoever waits is told before this returns.</summary>
        private static void End(ThreadStart end)
        {
            var thread = new Thread(end);
            thread.Start();
            thread.Join();
        }
    }
}
