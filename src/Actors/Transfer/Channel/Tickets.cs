using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace FedActors.Actors.Transfer.Channel;

/// <summary>Keys that were given out, and the bytes that each stands for. Any thread may ask.</summary>
internal sealed class Tickets
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 16;

    private readonly ConcurrentDictionary<Guid, (string Name, ReadOnlyMemory<byte> Bytes)> _byKey = new();

    public Guid Issue(string name, ReadOnlyMemory<byte> bytes)
    {
        var key = new Guid(RandomNumberGenerator.GetBytes(KeyLength));
        _byKey[key] = (name, bytes);
        return key;
    }

    /// <summary>Takes the bytes behind a key. It is worth nothing from then on.</summary>
    public ReadOnlyMemory<byte>? Take(Guid key) => _byKey.TryRemove(key, out var ticket) ? ticket.Bytes : default(ReadOnlyMemory<byte>?);

    public void Withdraw(string name)
    {
        foreach (var (key, ticket) in _byKey)
        {
            if (ticket.Name == name)
            {
                _byKey.TryRemove(key, out _);
            }
        }
    }
}
