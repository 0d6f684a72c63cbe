using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace FedActors.Models.Parameters;

/// <summary>Parses the safetensors format and trusts nothing in it.</summary>
internal static class SafetensorsReader
{
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < SafetensorsFormat.LengthBytes)
        {
            throw new InvalidDataException($"it has {bytes.Length} bytes, fewer than the 8 that hold the header's length.");
        }

        var headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        var available = (ulong)(bytes.Length - SafetensorsFormat.LengthBytes);
        if (headerBytes > available || headerBytes > SafetensorsFormat.MaxHeaderBytes)
        {
            throw new InvalidDataException($"its header claims {headerBytes} bytes, but {available} follow.");
        }

        var header = bytes.Slice(SafetensorsFormat.LengthBytes, (int)headerBytes);
        var data = bytes[(SafetensorsFormat.LengthBytes + (int)headerBytes)..];
        using var json = ParseHeader(header);
        return ReadTensors(json.RootElement, data);
    }

    private static JsonDocument ParseHeader(ReadOnlyMemory<byte> header)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(header);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"its header is not valid JSON ({exception.Message})", exception);
        }

        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            json.Dispose();
            throw new InvalidDataException("its header is not a JSON object.");
        }

        return json;
    }

    private static SafetensorsFile ReadTensors(JsonElement header, ReadOnlyMemory<byte> data)
    {
        var metadata = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        var found = new List<(long Begin, StoredTensor Tensor)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in header.EnumerateObject())
        {
            var name = NameOf(member);
            if (!names.Add(name))
            {
                throw new InvalidDataException($"its header names '{name}' twice.");
            }

            if (name == SafetensorsFormat.MetadataKey)
            {
                metadata = ReadMetadata(member.Value, metadata);
            }
            else
            {
                found.Add(ReadTensor(name, member.Value, data));
            }
        }

        found.Sort((left, right) => left.Begin.CompareTo(right.Begin));
        EnsureNoGaps(found, data.Length);
        return new SafetensorsFile([.. found.Select(entry => entry.Tensor)], metadata);
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException("its header has a name that is not valid Unicode.", exception);
        }
    }

    private static ImmutableSortedDictionary<string, string> ReadMetadata(
        JsonElement element, ImmutableSortedDictionary<string, string> empty)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"its {SafetensorsFormat.MetadataKey} is not a JSON object.");
        }

        var metadata = empty.ToBuilder();
        foreach (var member in element.EnumerateObject())
        {
            metadata[NameOf(member)] = TextOf(member.Value)
                ?? throw new InvalidDataException($"its {SafetensorsFormat.MetadataKey} has a value that is not a text.");
        }

        return metadata.ToImmutable();
    }

    private static (long Begin, StoredTensor Tensor) ReadTensor(string name, JsonElement element, ReadOnlyMemory<byte> data)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out var elementType)
            || !element.TryGetProperty("shape", out var shape)
            || !element.TryGetProperty("data_offsets", out var offsets)
            || TextOf(elementType) is not { } type
            || IntegersOf(shape) is not { } extents
            || IntegersOf(offsets) is not [var begin, var end])
        {
            throw new InvalidDataException($"tensor '{name}' lacks a sound dtype, shape or data_offsets.");
        }

        var size = SafetensorsFormat.ElementSize(type);
        if (size == 0)
        {
            throw new InvalidDataException($"tensor '{name}' has elements of unknown type '{type}'.");
        }

        if (begin < 0 || end < begin || end > data.Length)
        {
            throw new InvalidDataException($"tensor '{name}' lies at bytes {begin} to {end} of {data.Length}.");
        }

        if (!IsProduct(extents, size, end - begin))
        {
            throw new InvalidDataException(
                $"tensor '{name}' of shape [{string.Join(", ", extents)}] and type {type} does not fill its {end - begin} bytes.");
        }

        return (begin, new StoredTensor(name, type, extents, data[(int)begin..(int)end]));
    }

    private static void EnsureNoGaps(List<(long Begin, StoredTensor Tensor)> found, int dataBytes)
    {
        var expected = 0L;
        foreach (var (begin, tensor) in found)
        {
            if (begin != expected)
            {
                throw new InvalidDataException($"tensor '{tensor.Name}' begins at byte {begin}, but the one before it ends at {expected}.");
            }

            expected += (long)tensor.Count * SafetensorsFormat.ElementSize(tensor.ElementType);
        }

        if (expected != dataBytes)
        {
            throw new InvalidDataException($"its tensors take {expected} bytes, but it has {dataBytes}.");
        }
    }

    private static bool IsProduct(ImmutableArray<long> extents, int size, long bytes)
    {
        var product = (UInt128)(uint)size;
        foreach (var extent in extents)
        {
            if (extent < 0)
            {
                return false;
            }

            // A zero further on would make up for an overflow here, so no early exit on size alone.
            product = UInt128.Min(product * (ulong)extent, ulong.MaxValue);
        }

        return product == (ulong)bytes;
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static ImmutableArray<long>? IntegersOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var integers = ImmutableArray.CreateBuilder<long>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var integer))
            {
                return null;
            }

            integers.Add(integer);
        }

        return integers.MoveToImmutable();
    }
}
