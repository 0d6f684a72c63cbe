using System.Globalization;
using Akka.Actor;
using Akka.Util;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Akka.Serialization;

/// <summary>
/// Writes references and the like as their surrogates, and marks the numbers that JSON would otherwise bring back as
/// others: an int as a long, a float and a decimal as a double.
/// </summary>
internal sealed class SurrogateConverter(ExtendedActorSystem system) : JsonConverter
{
    private const string Mark = "$";

    public override bool CanConvert(Type objectType) =>
        objectType == typeof(object)
        || objectType == typeof(int)
        || objectType == typeof(float)
        || objectType == typeof(decimal)
        || typeof(ISurrogated).IsAssignableFrom(objectType);

    public override void WriteJson(JsonWriter writer, object value, JsonSerializer serializer)
    {
        switch (value)
        {
            case int number:
                WriteMarked(writer, "I" + number.ToString(CultureInfo.InvariantCulture));
                break;
            case float number:
                WriteMarked(writer, "F" + number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case decimal number:
                WriteMarked(writer, "M" + number.ToString(CultureInfo.InvariantCulture));
                break;
            case ISurrogated surrogated:
                serializer.Serialize(writer, surrogated.ToSurrogate(system), typeof(ISurrogate));
                break;
            default:
                // Nothing but an object of the class object itself comes here.
                writer.WriteStartObject();
                writer.WriteEndObject();
                break;
        }
    }

    public override object ReadJson(JsonReader reader, Type objectType, object existingValue, JsonSerializer serializer)
    {
        var value = serializer.Deserialize(reader);
        return value switch
        {
            ISurrogate surrogate => surrogate.FromSurrogate(system),
            JObject marked => marked.TryGetValue(Mark, out var text) ? Unmark(text.Value<string>()) : new object(),
            IConvertible when objectType == typeof(int) || objectType == typeof(float) || objectType == typeof(decimal) =>
                Convert.ChangeType(value, objectType, CultureInfo.InvariantCulture),
            _ => value,
        };
    }

    private static void WriteMarked(JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(Mark);
        writer.WriteValue(text);
        writer.WriteEndObject();
    }

    private static object Unmark(string text)
    {
        var digits = text[1..];
        return text[0] switch
        {
            'I' => int.Parse(digits, CultureInfo.InvariantCulture),
            'F' => float.Parse(digits, CultureInfo.InvariantCulture),
            'M' => decimal.Parse(digits, CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"[{text}] is no number that was written here"),
        };
    }
}
