using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedActors.Host.Tests.Support;

/// <summary>The four files of MNIST with a handful of images.</summary>
internal static class TinyMnist
{
    private const int Side = 28;
    private const int Classes = 10;

    public static IReadOnlyDictionary<string, byte[]> Files { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["train-images-idx3-ubyte"] = Images(20),
        ["train-labels-idx1-ubyte"] = Labels(20),
        ["t10k-images-idx3-ubyte"] = Images(10),
        ["t10k-labels-idx1-ubyte"] = Labels(10),
    };

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Settings by which these files are the published ones.</summary>
    public static string[] Overrides(string mirror) =>
    [
        .. Files.SelectMany(file => new[] { "--set", $"downloads.mnist.files.{file.Key}={Sha256(file.Value)}" }),
        "--set",
        $"downloads.mnist.mirrors=[{mirror}]",
    ];

    private static byte[] Images(int count)
    {
        var file = new byte[16 + (count * Side * Side)];
        Header(file, 0x0803, count, Side, Side);
        for (var pixel = 16; pixel < file.Length; pixel++)
        {
            file[pixel] = (byte)(pixel * 31);
        }

        return file;
    }

    private static byte[] Labels(int count)
    {
        var file = new byte[8 + count];
        Header(file, 0x0801, count);
        for (var label = 0; label < count; label++)
        {
            file[8 + label] = (byte)(label % Classes);
        }

        return file;
    }

    private static void Header(byte[] file, params int[] words)
    {
        for (var word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 * word), words[word]);
        }
    }
}
