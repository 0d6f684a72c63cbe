using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace FedActors.Actors.Serialization;

/// <summary>
/// Akka.NET's system messages as far as hosts have them for each other: those of death watch. The others would create,
/// suspend or fail actors of another host, and carry exceptions, which are rebuilt by running the constructor of a type
/// that the sender names.
/// </summary>
public sealed class LimitedSystemSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly SystemMessageSerializer _all = new(system);

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        Watch => "watch",
        Unwatch => "unwatch",
        DeathWatchNotification => "dead",
        _ => throw Refused(o.GetType().Name),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        _ = Manifest(obj);
        return _all.ToBinary(obj);
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "watch" => _all.FromBinary(bytes, typeof(Watch)),
        "unwatch" => _all.FromBinary(bytes, typeof(Unwatch)),
        "dead" => _all.FromBinary(bytes, typeof(DeathWatchNotification)),
        _ => throw Refused(manifest),
    };

    private static SerializationException Refused(string message) => new($"The system message '{message}' does not pass between hosts.");
}
