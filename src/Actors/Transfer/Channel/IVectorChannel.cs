using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer.Channel;

/// <summary>
/// The way that the bytes of vectors take between hosts: connections of their own, from the memory of one vector into that
/// of the other. Transfer actors agree on each by messages; what actors say to each other never waits behind a model.
/// </summary>
public interface IVectorChannel
{
    /// <summary>The TCP port at which this host hands out bytes.</summary>
    int Port { get; }

    /// <summary>Lets whoever shows a key have some bytes, once.</summary>
    /// <param name="name">The vector's name.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The key.</returns>
    Guid Issue(string name, ReadOnlyMemory<byte> bytes);

    /// <summary>Makes all keys for a vector worthless.</summary>
    void Withdraw(string name);

    /// <summary>Gets bytes from another host.</summary>
    /// <param name="host">The other host's name or address.</param>
    /// <param name="port">Its <see cref="Port"/>.</param>
    /// <param name="key">A key that it has issued.</param>
    /// <param name="vector">Takes the bytes as they come; all that it lacks must be behind the key.</param>
    /// <param name="cancellation">Ends the reception. What came stays.</param>
    /// <returns>Ends when the vector is whole.</returns>
    /// <exception cref="IOException">The connection could not be made or broke.</exception>
    /// <exception cref="InvalidDataException">The key is worthless, or stands for something else.</exception>
    Task ReceiveAsync(string host, int port, Guid key, ParameterVectorBuilder vector, CancellationToken cancellation);
}
