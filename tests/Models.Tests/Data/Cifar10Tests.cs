using FedActors.Models.Data;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Data;

/// <summary>CIFAR-10's files, sound and otherwise, made in a temporary folder.</summary>
public sealed class Cifar10Tests : IDisposable
{
    private const int PixelBytes = 3 * 32 * 32;

    private readonly TemporaryFolder _folder = new();

    public Cifar10Tests()
    {
        Write("data_batch_1.bin", [.. Record(3), .. Record(4)]);
        Write("data_batch_3.bin", Record(5));
        Write("test_batch.bin", Record(6));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Batches_that_are_there_make_up_the_training_set()
    {
        var set = Load();

        Assert.Equal([3, 4, 5], set.Training.ClassLabels.ToArray());
        Assert.Equal([6], set.Test.ClassLabels.ToArray());
        Assert.Equal(new ImageShape(3, 32, 32), set.Training.Shape);
        Assert.Equal(Record(5)[1..], set.Training.Pixels(2).ToArray());
    }

    [Fact]
    public void Channels_are_normalised_each_by_its_own_moments()
    {
        using var inputs = Load().Training.Inputs([1]);

        var values = inputs.data<float>().ToArray();

        Assert.Equal([1, 3, 32, 32], inputs.shape);
        Assert.Equal(((4 / 255.0) - 0.4914) / 0.2470, values[0], 1e-6);
        Assert.Equal(((4 / 255.0) - 0.4822) / 0.2435, values[1024], 1e-6);
        Assert.Equal(((4 / 255.0) - 0.4465) / 0.2616, values[2048], 1e-6);
    }

    [Fact]
    public void Without_any_training_batch_the_first_is_asked_for()
    {
        File.Delete(At("data_batch_1.bin"));
        File.Delete(At("data_batch_3.bin"));

        Assert.Contains("data_batch_1.bin", Assert.Throws<DataUnavailableException>(Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(PixelBytes)]
    [InlineData(PixelBytes + 2)]
    public void Files_of_no_whole_number_of_records_are_corrupt(int length)
    {
        Write("data_batch_3.bin", new byte[length]);

        var exception = Assert.Throws<CorruptDataException>(Load);

        Assert.Equal(At("data_batch_3.bin"), exception.File);
        Assert.Contains($"{length} bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_out_of_range_is_corrupt()
    {
        Write("test_batch.bin", [.. Record(1), .. Record(10)]);

        Assert.Contains("label 1 is 10", Assert.Throws<CorruptDataException>(Load).Message, StringComparison.Ordinal);
    }

    private static byte[] Record(byte label)
    {
        var record = new byte[1 + PixelBytes];
        Array.Fill(record, label);
        return record;
    }

    private DataSet Load() => DataSetCatalogue.Load("cifar10", _folder.Root);

    private string At(string name) => _folder.At("cifar10", name);

    private void Write(string name, byte[] content) => File.WriteAllBytes(At(name), content);
}
