using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Akka.Serialization;

/// <summary>Lets JSON set properties that only the class itself may set.</summary>
internal sealed class MemberContractResolver : DefaultContractResolver
{
    protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
    {
        var property = base.CreateProperty(member, memberSerialization);
        if (!property.Writable && member is PropertyInfo info)
        {
            property.Writable = info.GetSetMethod(nonPublic: true) is not null;
        }

        return property;
    }
}
