using System.Buffers.Binary;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using FedActors.Actors.Transfer;

namespace FedActors.Actors.Serialization;

/// <summary>Writes what transfer actors say to each other. Every length is checked before it is believed.</summary>
public sealed class TransferSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string ChunkManifest = "C1";
    private const string RequestManifest = "Q1";
    private const string GoneManifest = "G1";
    private const string DeliveredManifest = "D1";
    private const int RequestHeader = sizeof(long) + sizeof(int);
    private const int LongestName = 200;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        Chunk => ChunkManifest,
        TransferProtocol.ChunkRequest => RequestManifest,
        TransferProtocol.Gone => GoneManifest,
        TransferProtocol.Delivered => DeliveredManifest,
        _ => throw Unknown(o.GetType().FullName),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj switch
    {
        Chunk chunk => chunk.ToFrame(),
        TransferProtocol.ChunkRequest request => Encode(request),
        TransferProtocol.Gone gone => Encoding.UTF8.GetBytes(gone.Name),
        TransferProtocol.Delivered delivered => Encoding.UTF8.GetBytes(delivered.Name),
        _ => throw Unknown(obj.GetType().FullName),
    };

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        ChunkManifest => Chunk.FromFrame(bytes),
        RequestManifest => DecodeRequest(bytes),
        GoneManifest => new TransferProtocol.Gone(DecodeName(bytes)),
        DeliveredManifest => new TransferProtocol.Delivered(DecodeName(bytes)),
        _ => throw Unknown(manifest),
    };

    private static byte[] Encode(TransferProtocol.ChunkRequest request)
    {
        var bytes = new byte[RequestHeader + Encoding.UTF8.GetByteCount(request.Name)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, request.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(long)), request.Count);
        Encoding.UTF8.GetBytes(request.Name, bytes.AsSpan(RequestHeader));
        return bytes;
    }

    private static TransferProtocol.ChunkRequest DecodeRequest(byte[] bytes)
    {
        if (bytes.Length < RequestHeader)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no request for a chunk.");
        }

        return new TransferProtocol.ChunkRequest(
            DecodeName(bytes.AsSpan(RequestHeader)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(sizeof(long))));
    }

    private static string DecodeName(ReadOnlySpan<byte> bytes) => bytes.Length <= LongestName
        ? Encoding.UTF8.GetString(bytes)
        : throw new InvalidDataException($"The name of a vector may have {LongestName} bytes, not {bytes.Length}.");

    private static ArgumentException Unknown(string? what) => new($"The transfer serializer does not know {what}.");
}
