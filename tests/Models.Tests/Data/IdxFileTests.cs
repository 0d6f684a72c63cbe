using System.Buffers.Binary;
using System.IO.Compression;
using FedActors.Models.Data;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Data;

/// <summary>MNIST's files, sound and otherwise, made in a temporary folder.</summary>
public sealed class IdxFileTests : IDisposable
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    private readonly TemporaryFolder _folder = new();

    public IdxFileTests()
    {
        Write(TrainImages, Images(3));
        Write(TrainLabels, Labels(5, 0, 9));
        Write(TestImages, Images(2));
        Write(TestLabels, Labels(1, 2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sound_files_are_read()
    {
        var set = Load();

        Assert.Equal((3, 2), (set.Training.Count, set.Test.Count));
        Assert.Equal(new ImageShape(1, 28, 28), set.Training.Shape);
        Assert.Equal([5, 0, 9], set.Training.ClassLabels.ToArray());
        Assert.Equal(Images(3).AsSpan(16 + (2 * 784), 784).ToArray(), set.Training.Pixels(2).ToArray());
    }

    [Fact]
    public void Compressed_files_are_read_too()
    {
        Compress(TrainImages);
        Compress(TestLabels);

        Assert.Equal(Images(3).AsSpan(16, 784).ToArray(), Load().Training.Pixels(0).ToArray());
    }

    [Fact]
    public void Folder_may_be_the_parent_or_the_set_itself()
    {
        Assert.Equal(3, DataSetCatalogue.Load("mnist", _folder.Root).Training.Count);
        Assert.Equal(3, DataSetCatalogue.Load("mnist", Path.Combine(_folder.Root, "mnist")).Training.Count);
    }

    [Theory]
    [InlineData(TrainImages)]
    [InlineData(TrainLabels)]
    [InlineData(TestImages)]
    [InlineData(TestLabels)]
    public void Missing_file_is_named_with_what_to_do(string name)
    {
        File.Delete(At(name));

        var exception = Assert.Throws<DataUnavailableException>(Load);

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Root, exception.Message, StringComparison.Ordinal);
        Assert.Contains("FEDACTORS_DATA", exception.Message, StringComparison.Ordinal);
        Assert.Contains("fedactors data get mnist", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainImages, 0)]
    [InlineData(TrainImages, 10)]
    [InlineData(TrainImages, 16)]
    [InlineData(TrainImages, 1000)]
    [InlineData(TrainLabels, 3)]
    [InlineData(TrainLabels, 9)]
    public void Truncated_files_are_corrupt(string name, int length)
    {
        Write(name, File.ReadAllBytes(At(name))[..length]);

        AssertCorrupt(name, "bytes");
    }

    [Fact]
    public void Bytes_after_the_end_are_corrupt()
    {
        Write(TrainLabels, [.. Labels(5, 0, 9), 1]);

        AssertCorrupt(TrainLabels, "promises 3 bytes");
    }

    [Fact]
    public void Wrong_magic_number_is_corrupt()
    {
        Write(TrainImages, Labels(5, 0, 9, 1, 2, 3, 4, 5, 6, 7));

        AssertCorrupt(TrainImages, "0x00000803");
    }

    [Fact]
    public void Label_out_of_range_is_corrupt()
    {
        Write(TrainLabels, Labels(5, 10, 9));

        AssertCorrupt(TrainLabels, "label 1 is 10");
    }

    [Fact]
    public void Counts_that_disagree_are_corrupt()
    {
        Write(TrainLabels, Labels(5, 1));

        AssertCorrupt(TrainLabels, "2 labels for the 3 images");
    }

    [Fact]
    public void Images_of_another_size_are_corrupt()
    {
        Write(TestImages, Header(0x803, 2, 2, 2).Concat(new byte[8]).ToArray());

        AssertCorrupt(TestImages, "2×2");
    }

    [Fact]
    public void Huge_counts_are_corrupt_and_cost_no_memory()
    {
        Write(TrainImages, Header(0x803, -1, 28, 28));
        AssertCorrupt(TrainImages, "4294967295");

        Write(TrainImages, Header(0x803, int.MaxValue, int.MaxValue, int.MaxValue));
        AssertCorrupt(TrainImages, "promises");
    }

    [Fact]
    public void Damaged_archives_are_corrupt()
    {
        Compress(TrainImages);
        var whole = File.ReadAllBytes(At(TrainImages + ".gz"));

        Write(TrainImages + ".gz", whole[..(whole.Length / 2)]);
        AssertCorrupt(TrainImages + ".gz", "");

        Write(TrainImages + ".gz", [1, 2, 3, 4]);
        AssertCorrupt(TrainImages + ".gz", "gzip");

        Write(TrainImages + ".gz", []);
        AssertCorrupt(TrainImages + ".gz", "");
    }

    private static byte[] Images(int count) =>
        [.. Header(0x803, count, 28, 28), .. Enumerable.Range(0, count * 784).Select(pixel => (byte)(pixel * 31))];

    private static byte[] Labels(params byte[] labels) => [.. Header(0x801, labels.Length), .. labels];

    private static byte[] Header(params int[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (var word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * word), words[word]);
        }

        return bytes;
    }

    private DataSet Load() => DataSetCatalogue.Load("mnist", _folder.Root);

    private string At(string name) => _folder.At("mnist", name);

    private void Write(string name, byte[] content) => File.WriteAllBytes(At(name), content);

    private void Compress(string name)
    {
        using (var target = File.Create(At(name + ".gz")))
        using (var archive = new GZipStream(target, CompressionLevel.Fastest))
        {
            archive.Write(File.ReadAllBytes(At(name)));
        }

        File.Delete(At(name));
    }

    private void AssertCorrupt(string name, string detail)
    {
        var exception = Assert.Throws<CorruptDataException>(Load);

        Assert.Equal(At(name), exception.File);
        Assert.Contains(At(name), exception.Message, StringComparison.Ordinal);
        Assert.Contains(detail, exception.Message, StringComparison.Ordinal);
    }
}
