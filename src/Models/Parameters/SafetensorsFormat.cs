namespace FedActors.Models.Parameters;

/// <summary>What reader and writer of the safetensors format share: an 8-byte length, a JSON header, then the data.</summary>
internal static class SafetensorsFormat
{
    public const int LengthBytes = sizeof(ulong);

    public const string MetadataKey = "__metadata__";

    /// <summary>The format's own limit.</summary>
    public const int MaxHeaderBytes = 100_000_000;

    /// <summary>Bytes of one element, or 0 where the type is not known.</summary>
    public static int ElementSize(string elementType) => elementType switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" => 8,
        _ => 0,
    };
}
