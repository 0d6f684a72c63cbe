using System.Buffers.Binary;
using Akka.Actor;
using Akka.Serialization;
using FedActors.Actors.Devices;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Serialization;

/// <summary>
/// Writes the messages that carry parameter vectors: a header of fixed fields, then the vector as raw little-endian
/// float32. Text formats would multiply the size of a model.
/// </summary>
public sealed class VectorMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string VersionFetchedManifest = "V1";
    private const string ReportManifest = "R1";
    private const int VersionFetchedHeader = sizeof(long);
    private const int ReportHeader = (2 * sizeof(long)) + (3 * sizeof(int)) + (2 * sizeof(double));

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        ClientProtocol.VersionFetched => VersionFetchedManifest,
        ClientProtocol.Report => ReportManifest,
        _ => throw Unknown(o.GetType().FullName),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case ClientProtocol.VersionFetched fetched:
                var fetchedBytes = Allocate(VersionFetchedHeader, fetched.Parameters);
                BinaryPrimitives.WriteInt64LittleEndian(fetchedBytes, fetched.Version);
                return fetchedBytes;
            case ClientProtocol.Report report:
                var bytes = Allocate(ReportHeader, report.Update);
                var header = bytes.AsSpan();
                BinaryPrimitives.WriteInt64LittleEndian(header, report.AssignmentId);
                BinaryPrimitives.WriteInt64LittleEndian(header[8..], report.BaseVersion);
                BinaryPrimitives.WriteInt32LittleEndian(header[16..], report.Client);
                BinaryPrimitives.WriteInt32LittleEndian(header[20..], report.SampleCount);
                BinaryPrimitives.WriteInt32LittleEndian(header[24..], report.Metrics.Restarts);
                BinaryPrimitives.WriteDoubleLittleEndian(header[28..], report.Metrics.Loss);
                BinaryPrimitives.WriteDoubleLittleEndian(header[36..], report.Metrics.Seconds);
                return bytes;
            default:
                throw Unknown(obj.GetType().FullName);
        }
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        ReadOnlySpan<byte> header = bytes;
        switch (manifest)
        {
            case VersionFetchedManifest:
                EnsureWhole(bytes, VersionFetchedHeader);
                return new ClientProtocol.VersionFetched(
                    BinaryPrimitives.ReadInt64LittleEndian(header), ParameterVector.OfMessage(bytes, VersionFetchedHeader));
            case ReportManifest:
                EnsureWhole(bytes, ReportHeader);
                return new ClientProtocol.Report(
                    BinaryPrimitives.ReadInt64LittleEndian(header),
                    BinaryPrimitives.ReadInt32LittleEndian(header[16..]),
                    BinaryPrimitives.ReadInt64LittleEndian(header[8..]),
                    BinaryPrimitives.ReadInt32LittleEndian(header[20..]),
                    ParameterVector.OfMessage(bytes, ReportHeader),
                    new TrainingMetrics(
                        BinaryPrimitives.ReadDoubleLittleEndian(header[28..]),
                        BinaryPrimitives.ReadDoubleLittleEndian(header[36..]),
                        BinaryPrimitives.ReadInt32LittleEndian(header[24..])));
            default:
                throw Unknown(manifest);
        }
    }

    private static byte[] Allocate(int header, ParameterVector vector)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(header + (vector.Length * sizeof(float)));
        vector.Bytes.Span.CopyTo(bytes.AsSpan(header));
        return bytes;
    }

    private static void EnsureWhole(byte[] bytes, int header)
    {
        if (bytes.Length < header || (bytes.Length - header) % sizeof(float) != 0)
        {
            throw new InvalidDataException($"A message of {bytes.Length} bytes does not hold a header and whole float32 values.");
        }
    }

    private static ArgumentException Unknown(string? what) => new($"The vector serializer does not know {what}.");
}
