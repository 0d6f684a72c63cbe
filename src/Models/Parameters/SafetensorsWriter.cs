using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace FedActors.Models.Parameters;

/// <summary>Lays a parameter vector out in the safetensors format.</summary>
internal static class SafetensorsWriter
{
    public static void Write(
        Stream stream, ParameterLayout layout, ParameterVector vector, IReadOnlyDictionary<string, string> metadata)
    {
        var header = Header(layout, metadata);

        // Spaces after the header align the data to 8 bytes, as the format recommends.
        var padding = (SafetensorsFormat.LengthBytes - (header.Length % SafetensorsFormat.LengthBytes)) % SafetensorsFormat.LengthBytes;
        Span<byte> length = stackalloc byte[SafetensorsFormat.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        stream.Write(length);
        stream.Write(header);
        for (var space = 0; space < padding; space++)
        {
            stream.WriteByte((byte)' ');
        }

        stream.Write(MemoryMarshal.AsBytes(vector.Span));
    }

    private static byte[] Header(ParameterLayout layout, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsFormat.MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            foreach (var entry in layout.Entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, ParameterEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (var extent in entry.Shape)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue((long)entry.Offset * sizeof(float));
        json.WriteNumberValue((long)(entry.Offset + entry.Count) * sizeof(float));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
