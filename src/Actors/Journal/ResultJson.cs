using System.Text.Json;
using System.Text.Json.Serialization;

namespace FedActors.Actors.Journal;

/// <summary>How results and checkpoints are written as JSON: camel case, numbers that are not finite as strings.</summary>
internal static class ResultJson
{
    public static readonly JsonSerializerOptions Compact = Create(indented: false);

    public static readonly JsonSerializerOptions Indented = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = indented,
    };
}
