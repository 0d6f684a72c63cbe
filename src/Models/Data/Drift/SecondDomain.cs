namespace FedActors.Models.Data;

/// <summary>What the images of a data set drift to.</summary>
/// <param name="Both">
/// The images of the data set, followed by those of the second domain, so that an index names an image of either.
/// </param>
/// <param name="IsPaired">Whether the second domain's images are those of the first in the same order, seen otherwise.</param>
public sealed record SecondDomain(DataSet Both, bool IsPaired)
{
    /// <summary>A data set that drifts to its own images, inverted and turned.</summary>
    /// <param name="first">The data set.</param>
    /// <param name="rotation">One of <see cref="InvertedDomain.Rotations"/>.</param>
    /// <returns>The same data set with a second domain. Its images lie in memory once.</returns>
    /// <exception cref="ArgumentException">The images can't be turned so.</exception>
    public static DataSet AddInverted(DataSet first, int rotation)
    {
        ArgumentNullException.ThrowIfNull(first);
        return Join(first, InvertedDomain.Of(first.Training, rotation), InvertedDomain.Of(first.Test, rotation), isPaired: true);
    }

    /// <summary>A data set that drifts to another one, whose images are normalised as its own are.</summary>
    /// <param name="first">The data set.</param>
    /// <param name="second">The other one; of the same shape, and with images of every class that the first has.</param>
    /// <returns>The same data set with a second domain. Its images lie in memory once.</returns>
    /// <exception cref="ArgumentException">The sets do not fit; the message says how.</exception>
    public static DataSet Add(DataSet first, DataSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        EnsureFits(first.Training, second.Training);
        EnsureFits(first.Test, second.Test);
        return Join(first, second.Training, second.Test, isPaired: false);
    }

    private static DataSet Join(DataSet first, ImageSet training, ImageSet test, bool isPaired)
    {
        var both = new DataSet(first.Name, first.Training.Append(training), first.Test.Append(test));
        return new DataSet(first.Name, Before(both.Training, first.Training), Before(both.Test, first.Test))
        {
            Second = new SecondDomain(both, isPaired),
        };

        static ImageSet Before(ImageSet both, ImageSet first) => both.Take(first.Count, first.Name);
    }

    private static void EnsureFits(ImageSet first, ImageSet second)
    {
        if (first.Shape != second.Shape || first.Classes != second.Classes)
        {
            throw new ArgumentException(
                $"'{first.Name}' has images of {first.Shape} in {first.Classes} classes and can't drift to '{second.Name}', "
                + $"which has images of {second.Shape} in {second.Classes} classes.",
                nameof(second));
        }

        byte[] missing = [.. first.ClassLabels.ToArray().Except(second.ClassLabels.ToArray()).Order()];
        if (missing.Length > 0)
        {
            throw new ArgumentException(
                $"'{first.Name}' can't drift to '{second.Name}', which has no image of class {missing[0]}.", nameof(second));
        }
    }
}
