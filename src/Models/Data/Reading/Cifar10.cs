namespace FedActors.Models.Data;

/// <summary>
/// CIFAR-10 (Krizhevsky, 2009): colour photographs of ten kinds of things, 32×32, read from its binary version, in
/// which each record is a label and 3×32×32 bytes. As many of the five training batches as there are make up the set.
/// </summary>
internal static class Cifar10
{
    public const string Name = "cifar10";

    private const int Classes = 10;
    private const int TrainingBatches = 5;

    private static readonly ImageShape Shape = new(3, 32, 32);

    public static DataSet Load(string? directory)
    {
        var folder = DataFolder.Open(Name, directory);
        var training = Enumerable.Range(1, TrainingBatches)
            .Select(batch => folder.Find($"data_batch_{batch}.bin"))
            .OfType<string>()
            .ToArray();
        if (training.Length == 0)
        {
            throw folder.Missing("data_batch_1.bin");
        }

        var test = folder.Require("test_batch.bin");
        return new DataSet(Name, ReadPart("cifar10 training", training), ReadPart("cifar10 test", [test]));
    }

    private static ImageSet ReadPart(string part, string[] paths)
    {
        var batches = paths.Select(ReadBatch).ToArray();
        var record = 1 + Shape.Size;
        var labels = new byte[batches.Sum(batch => batch.Length / record)];
        var pixels = new byte[labels.Length * Shape.Size];
        var image = 0;
        foreach (var batch in batches)
        {
            for (var start = 0; start < batch.Length; start += record)
            {
                labels[image] = batch[start];
                batch.AsSpan(start + 1, Shape.Size).CopyTo(pixels.AsSpan(image * Shape.Size));
                image++;
            }
        }

        return new ImageSet(part, Shape, Classes, pixels, labels, [0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]);
    }

    private static byte[] ReadBatch(string path)
    {
        var bytes = DataFolder.Read(path);
        var record = 1 + Shape.Size;
        if (bytes.Length == 0 || bytes.Length % record != 0)
        {
            throw new CorruptDataException(path, $"it has {bytes.Length} bytes, which is no whole number of records of {record} bytes.");
        }

        for (var start = 0; start < bytes.Length; start += record)
        {
            if (bytes[start] >= Classes)
            {
                throw new CorruptDataException(path, $"label {start / record} is {bytes[start]}, but the classes are 0 to {Classes - 1}.");
            }
        }

        return bytes;
    }
}
