using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace FedActors.Actors.Serialization;

/// <summary>
/// Akka.NET's miscellaneous messages as far as hosts have them for each other: the heartbeats of death watch, and how a
/// proxy finds a singleton. The others would stop actors of another host, or carry exceptions, which are rebuilt by running
/// the constructor of a type that the sender names.
/// </summary>
public sealed class LimitedMiscSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Manifests of <see cref="MiscMessageSerializer"/>: Identify, ActorIdentity, and a heartbeat with its answer.</summary>
    private static readonly string[] Passing = ["ID", "AID", "RWHB", "RWHR"];

    private readonly MiscMessageSerializer _all = new(system);

    /// <inheritdoc/>
    public override string Manifest(object o) => Checked(_all.Manifest(o));

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        _ = Manifest(obj);
        return _all.ToBinary(obj);
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => _all.FromBinary(bytes, Checked(manifest));

    private static string Checked(string manifest) => Passing.Contains(manifest)
        ? manifest
        : throw new SerializationException($"The message '{manifest}' of Akka.NET does not pass between hosts.");
}
