using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace FedActors.Actors.Serialization;

/// <summary>
/// Stands where Akka.NET has a serializer for any object at all, which would let the network name types at will. Only
/// types with a binding of their own travel.
/// </summary>
public sealed class RefusingSerializer : SerializerWithStringManifest
{
    /// <summary>A serializer of nothing.</summary>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>A serializer of nothing; the settings are those of the one it stands for, and mean nothing to it.</summary>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system) => _ = settings;

    /// <inheritdoc/>
    public override string Manifest(object o) => "";

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().FullName} is no message between hosts: no serializer is bound to it.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        throw new SerializationException("Only listed types are accepted from other hosts.");
}
