using FedActors.Models.Data;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Data;

public sealed class DataSetCatalogueTests
{
    [Fact]
    public void Unknown_name_is_refused_with_the_known_ones()
    {
        var exception = Assert.Throws<ArgumentException>(() => DataSetCatalogue.Load("minst", null));

        Assert.Contains("glyphs, mnist, cifar10", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/no/such/directory")]
    public void Without_a_directory_the_message_says_what_to_do(string? directory)
    {
        var exception = Assert.Throws<DataUnavailableException>(() => DataSetCatalogue.Load("mnist", directory));

        Assert.Contains("FEDACTORS_DATA", exception.Message, StringComparison.Ordinal);
        Assert.Contains("fedactors data get mnist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Glyphs_need_no_directory() => Assert.Same(Glyphs.Shared, DataSetCatalogue.Load("glyphs", null));

    [DataFact("mnist")]
    public void Mnist_is_complete()
    {
        var set = DataSetCatalogue.Load("mnist", SharedFolders.Data);

        Assert.Equal((60_000, 10_000), (set.Training.Count, set.Test.Count));
        Assert.Equal([5, 0, 4, 1, 9], set.Training.ClassLabels[..5].ToArray());
        Assert.Equal([7, 2, 1, 0, 4], set.Test.ClassLabels[..5].ToArray());

        // The published moments of the training images, which the normalisation uses.
        var sum = 0L;
        for (var image = 0; image < set.Training.Count; image++)
        {
            foreach (var pixel in set.Training.Pixels(image))
            {
                sum += pixel;
            }
        }

        Assert.Equal(set.Training.Mean[0], sum / (255.0 * 784 * set.Training.Count), 5e-5);
    }

    [DataFact("cifar10")]
    public void Cifar10_has_all_classes()
    {
        var set = DataSetCatalogue.Load("cifar10", SharedFolders.Data);

        Assert.True(set.Training.Count >= 10_000);
        Assert.All(set.Training.CountByClass([.. Enumerable.Range(0, set.Training.Count)]), count => Assert.True(count > 0));
    }
}
