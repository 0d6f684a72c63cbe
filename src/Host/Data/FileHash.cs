using System.IO.Compression;
using System.Security.Cryptography;

namespace FedActors.Host.Data;

/// <summary>Hashes the content of data files, plain or gzip.</summary>
internal static class FileHash
{
    /// <summary>The ending of compressed files.</summary>
    public const string Compressed = ".gz";

    /// <summary>The SHA-256 of a file's unpacked content, in lower-case hexadecimal digits. Its name says whether it is packed.</summary>
    /// <exception cref="InvalidDataException">The archive is not complete.</exception>
    public static async Task<string> OfContentAsync(string path, CancellationToken cancellation)
    {
        if (path.EndsWith(Compressed, StringComparison.Ordinal))
        {
            return await OfArchiveAsync(path, cancellation);
        }

        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    /// <summary>The SHA-256 of what is packed in a gzip archive of any name.</summary>
    /// <exception cref="InvalidDataException">The archive is not complete.</exception>
    public static async Task<string> OfArchiveAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        await using var content = new GZipStream(file, CompressionMode.Decompress);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
    }
}
