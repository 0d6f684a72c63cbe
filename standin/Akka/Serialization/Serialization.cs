using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

/// <summary>The serializers of a system and which classes they are for, both from the settings.</summary>
public class Serialization
{
    private const int MaxManifestTypes = 10_000;

    private static readonly ConcurrentDictionary<Type, string> TypeManifests = new();

    [ThreadStatic]
    private static Information _currentTransportInformation;

    private readonly ConcurrentDictionary<Type, Serializer> _byClass = new();
    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();
    private readonly Dictionary<int, Serializer> _byIdentifier = [];
    private readonly Dictionary<string, Serializer> _byName = [];

    /// <summary>Classes by name. Only those that exist are remembered, and not more than any program has messages.</summary>
    private readonly ConcurrentDictionary<string, Type> _manifestTypes = new();

    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        AddSerializer("null", new NullSerializer(system));
        var actor = system.Settings.Config.GetConfig("akka.actor");
        foreach (var (name, className) in actor.GetConfig("serializers").AsEnumerable())
        {
            AddSerializer(name, Create(name, className.GetString(), actor));
        }

        foreach (var (className, name) in actor.GetConfig("serialization-bindings").AsEnumerable())
        {
            Bind(className, name.GetString());
        }
    }

    public ExtendedActorSystem System { get; }

    internal static Information CurrentTransportInformation
    {
        get => _currentTransportInformation;
        set => _currentTransportInformation = value;
    }

    /// <exception cref="InvalidOperationException">Nothing is being serialized.</exception>
    public static Information GetCurrentTransportInformation() => _currentTransportInformation
        ?? throw new InvalidOperationException(
            "CurrentTransportInformation is not set. Use Serialization.WithTransport(system, ...) when serializing by hand.");

    /// <summary>Serializes with references written so that they can be used outside of the system.</summary>
    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) =>
        WithTransport(system.Provider.SerializationInformation, action);

    /// <inheritdoc cref="WithTransport{T}(ExtendedActorSystem, Func{T})"/>
    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action) =>
        WithTransport(system, () => action(state));

    /// <summary>A reference as text that <see cref="DeserializeActorRef"/> understands.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (ReferenceEquals(actorRef, ActorRefs.NoSender))
        {
            return "";
        }

        var path = actorRef.Path;
        var system = (actorRef as ActorRefWithCell)?.Underlying.System as ExtendedActorSystem;
        var transport = _currentTransportInformation;
        if (transport is null)
        {
            return system is null
                ? path.ToSerializationFormat()
                : path.ToSerializationFormatWithAddress(system.Provider.DefaultAddress);
        }

        if (system is not null && !ReferenceEquals(system, transport.System))
        {
            // A reference of another system in the same process: only its own address leads back to it.
            return path.ToSerializationFormatWithAddress(system.Provider.GetExternalAddressFor(transport.Address) ?? system.Provider.DefaultAddress);
        }

        return path.ToSerializationFormatWithAddress(transport.Address);
    }

    /// <summary>What must go along with the bytes for them to be read.</summary>
    public static string ManifestFor(Serializer s, object msg)
    {
        if (s is SerializerWithStringManifest named)
        {
            return named.Manifest(msg);
        }

        return s.IncludeManifest ? TypeManifest(msg.GetType()) : "";
    }

    public void AddSerializer(string name, Serializer serializer)
    {
        if (_byIdentifier.TryGetValue(serializer.Identifier, out var other) && other.GetType() != serializer.GetType())
        {
            throw new ConfigurationException(
                $"Serializer identifier [{serializer.Identifier}] of [{serializer.GetType()}] is not unique, [{other.GetType()}] has it too");
        }

        _byIdentifier[serializer.Identifier] = serializer;
        _byName[name] = serializer;
    }

    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _byClass.Clear();
    }

    public Serializer FindSerializerFor(object obj, string defaultSerializerName = null) =>
        obj is null ? _byName["null"] : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of the most specific binding that fits.</summary>
    /// <exception cref="SerializationException">None fits.</exception>
    public Serializer FindSerializerForType(Type objectType, string defaultSerializerName = null)
    {
        if (_byClass.TryGetValue(objectType, out var known))
        {
            return known;
        }

        var serializer = Bound(objectType)
            ?? (defaultSerializerName is null ? null : _byName.GetValueOrDefault(defaultSerializerName))
            ?? throw new SerializationException($"Serializer not found for type {objectType.Name}");
        return _byClass.GetOrAdd(objectType, serializer);
    }

    public byte[] Serialize(object o) => WithTransport(Transport(), () => FindSerializerFor(o).ToBinary(o));

    public object Deserialize(byte[] bytes, int serializerId, Type type) =>
        WithTransport(Transport(), () => SerializerFor(serializerId).FromBinary(bytes, type));

    /// <exception cref="SerializationException">There is no such serializer or class.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var before = _currentTransportInformation;
        _currentTransportInformation = Transport();
        try
        {
            return DeserializeInTransport(bytes, serializerId, manifest);
        }
        finally
        {
            _currentTransportInformation = before;
        }
    }

    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    internal static string TypeManifest(Type type) => type is null ? "" : TypeManifests.GetOrAdd(type, t => $"{t.FullName}, {t.Assembly.GetName().Name}");

    /// <summary>Deserializes for a caller that has said for whom.</summary>
    internal object DeserializeInTransport(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = SerializerFor(serializerId);
        if (serializer is SerializerWithStringManifest named)
        {
            return named.FromBinary(bytes, manifest);
        }

        return serializer.FromBinary(bytes, string.IsNullOrEmpty(manifest) ? null : ManifestType(manifest, serializerId));
    }

    internal static T WithTransport<T>(Information transport, Func<T> action)
    {
        var before = _currentTransportInformation;
        _currentTransportInformation = transport;
        try
        {
            return action();
        }
        finally
        {
            _currentTransportInformation = before;
        }
    }

    /// <summary>What <c>serialize-messages</c> asks for: the message as it would be on another node.</summary>
    internal Envelope Verify(Envelope envelope)
    {
        var message = WrappedMessage.Unwrap(envelope.Message);
        if (envelope.Message is INoSerializationVerificationNeeded || message is INoSerializationVerificationNeeded)
        {
            return envelope;
        }

        object copy;
        try
        {
            copy = WithTransport(Transport(), () =>
            {
                var serializer = FindSerializerFor(message);
                return Deserialize(serializer.ToBinary(message), serializer.Identifier, ManifestFor(serializer, message));
            });
        }
        catch (Exception e)
        {
            throw new SerializationException($"Failed to serialize and deserialize payload object [{message.GetType()}]. Envelope: [{envelope}]", e);
        }

        // The wrappings are not undone: it has been shown that the message can travel, and that is enough.
        return ReferenceEquals(message, envelope.Message) ? new Envelope(copy, envelope.Sender) : envelope;
    }

    private Type ManifestType(string manifest, int serializerId)
    {
        if (_manifestTypes.TryGetValue(manifest, out var type))
        {
            return type;
        }

        type = Type.GetType(manifest)
            ?? throw new SerializationException($"Cannot find manifest class [{manifest}] for serializer with id [{serializerId}].");
        if (_manifestTypes.Count < MaxManifestTypes)
        {
            _manifestTypes.TryAdd(manifest, type);
        }

        return type;
    }

    private Information Transport() => _currentTransportInformation ?? System.Provider.SerializationInformation;

    private Serializer SerializerFor(int identifier) => _byIdentifier.TryGetValue(identifier, out var serializer)
        ? serializer
        : throw new SerializationException(
            $"Cannot find serializer with id [{identifier}]. The most probable reason is that the configuration entry "
            + "'akka.actor.serializers' is not in sync between the systems.");

    private Serializer Bound(Type type)
    {
        var fitting = _bindings.Keys.Where(bound => bound.IsAssignableFrom(type)).ToArray();
        var best = fitting.FirstOrDefault(candidate => !fitting.Any(other => other != candidate && IsMoreSpecific(other, candidate)));
        return best is null ? null : _bindings[best];
    }

    /// <summary>Nearly everything is more specific than object, of which even interfaces are not subclasses.</summary>
    private static bool IsMoreSpecific(Type one, Type other) => other == typeof(object) || (other.IsAssignableFrom(one) && one != typeof(object));

    private Serializer Create(string name, string className, Config actor)
    {
        var type = Type.GetType(className)
            ?? throw new ConfigurationException($"The type name '{className}' for serializer '{name}' did not resolve to an actual type");
        var settings = actor.GetConfig($"serialization-settings.{name}");
        return settings.IsNullOrEmpty() || type.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) is null
            ? (Serializer)Activator.CreateInstance(type, System)
            : (Serializer)Activator.CreateInstance(type, System, settings);
    }

    private void Bind(string className, string name)
    {
        var type = Type.GetType(className);
        if (type is null)
        {
            System.Log.Log(Event.LogLevel.WarningLevel, null, $"The type name for message/serializer binding '{name}' did not resolve to an actual Type: '{className}'");
        }
        else if (!_byName.TryGetValue(name, out var serializer))
        {
            System.Log.Log(Event.LogLevel.WarningLevel, null, $"Serialization binding to non existing serializer: '{name}'");
        }
        else
        {
            _bindings[type] = serializer;
        }
    }
}
