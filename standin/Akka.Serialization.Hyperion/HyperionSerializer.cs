using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization.Codecs;

namespace Akka.Serialization;

/// <summary>
/// Writes any object as the values of its fields, without running its code when it is read. What may be read is up to the
/// settings.
/// </summary>
public class HyperionSerializer : Serializer
{
    public readonly HyperionSerializerSettings Settings;

    private readonly CodecRegistry _codecs;
    private readonly TypeNames _names;

    public HyperionSerializer(ExtendedActorSystem system)
        : this(system, HyperionSerializerSettings.Default)
    {
    }

    public HyperionSerializer(ExtendedActorSystem system, Config config)
        : this(system, HyperionSerializerSettings.Create(config))
    {
    }

    public HyperionSerializer(ExtendedActorSystem system, HyperionSerializerSettings settings)
        : base(system)
    {
        Settings = settings;
        _names = new TypeNames(settings);
        _codecs = new CodecRegistry();
    }

    public override int Identifier => -5;

    public override bool IncludeManifest => false;

    public static Config DefaultConfiguration() =>
        ConfigurationFactory.FromResource<HyperionSerializer>("Akka.Serialization.Hyperion.reference.conf");

    public override byte[] ToBinary(object obj)
    {
        var writer = new ObjectWriter(system, Settings, _codecs, _names);
        writer.WriteObject(obj);
        return writer.ToArray();
    }

    /// <exception cref="SerializationException">The bytes are not what was written, or name a class that may not be read.</exception>
    public override object FromBinary(byte[] bytes, Type type)
    {
        try
        {
            var reader = new ObjectReader(bytes, system, Settings, _codecs, _names);
            var value = reader.ReadObject();
            reader.ExpectEnd();
            return value;
        }
        catch (Exception e)
        {
            throw new SerializationException($"Failed to deserialize instance of type {type}. {e.Message}", e);
        }
    }
}
