using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Newtonsoft.Json;

namespace Akka.Serialization;

/// <summary>Writes objects as JSON with the names of their classes, where a member's declared class is not the actual one.</summary>
public class NewtonSoftJsonSerializer : Serializer
{
    private readonly JsonSerializer _serializer;

    public NewtonSoftJsonSerializer(ExtendedActorSystem system)
        : this(system, null)
    {
    }

    public NewtonSoftJsonSerializer(ExtendedActorSystem system, Config config)
        : base(system)
    {
        Settings = new JsonSerializerSettings
        {
            TypeNameHandling = config?.GetBoolean("encode-type-names", true) == false ? TypeNameHandling.None : TypeNameHandling.All,
            PreserveReferencesHandling = config?.GetBoolean("preserve-object-references", true) == false
                ? PreserveReferencesHandling.None
                : PreserveReferencesHandling.Objects,
            NullValueHandling = NullValueHandling.Ignore,
            DefaultValueHandling = DefaultValueHandling.Ignore,
            MissingMemberHandling = MissingMemberHandling.Ignore,
            ObjectCreationHandling = ObjectCreationHandling.Replace,
            ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor,
            ContractResolver = new MemberContractResolver(),
        };
        Settings.Converters.Add(new SurrogateConverter(system));
        _serializer = JsonSerializer.Create(Settings);
    }

    public JsonSerializerSettings Settings { get; }

    public object Serializer => _serializer;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        using var text = new StringWriter();
        using (var writer = new JsonTextWriter(text))
        {
            _serializer.Serialize(writer, obj, typeof(object));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        using var reader = new JsonTextReader(new StringReader(Encoding.UTF8.GetString(bytes)));
        return _serializer.Deserialize(reader, type ?? typeof(object));
    }
}
