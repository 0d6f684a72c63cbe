namespace FedActors.Models.Data;

/// <summary>MNIST (LeCun, Cortes and Burges): handwritten digits, grey, 28×28, read from its four IDX files.</summary>
internal static class Mnist
{
    public const string Name = "mnist";

    private const int Classes = 10;
    private const double Mean = 0.1307;
    private const double Deviation = 0.3081;

    private static readonly ImageShape Shape = new(1, 28, 28);

    public static DataSet Load(string? directory)
    {
        var folder = DataFolder.Open(Name, directory);
        return new DataSet(
            Name,
            ReadPart(folder, "mnist training", "train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
            ReadPart(folder, "mnist test", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"));
    }

    private static ImageSet ReadPart(DataFolder folder, string part, string imageFile, string labelFile)
    {
        var imagePath = folder.Require(imageFile);
        var labelPath = folder.Require(labelFile);
        var (pixels, count, height, width) = IdxFile.ReadImages(imagePath);
        if (height != Shape.Height || width != Shape.Width)
        {
            throw new CorruptDataException(
                imagePath, $"its images are {height}×{width}, but those of {Name} are {Shape.Height}×{Shape.Width}.");
        }

        var labels = IdxFile.ReadLabels(labelPath, Classes);
        if (labels.Length != count)
        {
            throw new CorruptDataException(labelPath, $"it has {labels.Length} labels for the {count} images of {imagePath}.");
        }

        return new ImageSet(part, Shape, Classes, pixels, labels, [Mean], [Deviation]);
    }
}
