using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Guards;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Staleness.Guards;

public sealed class UpdateSketchTests
{
    private const int Length = 5_000;

    [Fact]
    public void Sketches_keep_the_cosine_of_updates()
    {
        Properties.Hold(Gen.Choose(1, 10_000).SelectMany(seed => Gen.Choose(-100, 100).Select(percent => (seed, percent))), sample =>
        {
            var first = Gaussian.Vector(Length, (ulong)sample.seed);
            var second = first.Scale(sample.percent / 100.0).AddScaled(Gaussian.Vector(Length, (ulong)sample.seed + 50_000), 0.5);

            var distance = UpdateSketch.Of(first).DistanceTo(UpdateSketch.Of(second));

            // Five deviations of 1/√512.
            Assert.Equal(1 - first.Cosine(second), distance, 5 / Math.Sqrt(UpdateSketch.Length));
        });
    }

    [Fact]
    public void An_update_is_at_no_distance_from_itself_whatever_its_length()
    {
        var update = Gaussian.Vector(Length, 3);

        Assert.Equal(0, UpdateSketch.Of(update).DistanceTo(UpdateSketch.Of(update.Scale(40))), 1e-6);
        Assert.Equal(2, UpdateSketch.Of(update).DistanceTo(UpdateSketch.Of(update.Scale(-1))), 1e-6);
    }

    [Fact]
    public void Distance_has_no_direction()
    {
        var (first, second) = (UpdateSketch.Of(Gaussian.Vector(Length, 1)), UpdateSketch.Of(Gaussian.Vector(Length, 2)));

        Assert.Equal(first.DistanceTo(second), second.DistanceTo(first));
    }

    [Fact]
    public void An_update_of_zero_is_as_far_from_all_as_unrelated_updates_are()
    {
        var zero = UpdateSketch.Of(ParameterVector.Zeros(Length));

        Assert.Equal(1, zero.DistanceTo(UpdateSketch.Of(Gaussian.Vector(Length, 1))));
        Assert.Equal(1, zero.DistanceTo(zero));
    }

    [Fact]
    public void The_same_update_always_has_the_same_sketch()
    {
        var update = Gaussian.Vector(1_000, 5);

        Assert.Equal(UpdateSketch.Of(update).Buckets, UpdateSketch.Of(ParameterVector.FromSpan(update.Span)).Buckets);

        // Sketches are journaled: other buckets in another release could not be compared with old ones.
        Assert.Equal((431, -1f), Occupied(UpdateSketch.Of(Unit(0))));
        Assert.Equal((272, -1f), Occupied(UpdateSketch.Of(Unit(1))));
    }

    [Fact]
    public void A_sketch_survives_its_buckets()
    {
        var (first, second) = (UpdateSketch.Of(Gaussian.Vector(Length, 1)), UpdateSketch.Of(Gaussian.Vector(Length, 2)));

        Assert.Equal(first.DistanceTo(second), UpdateSketch.From(first.Buckets).DistanceTo(UpdateSketch.From(second.Buckets)));
    }

    [Fact]
    public void Buckets_of_another_number_are_refused() =>
        Assert.Throws<ArgumentException>(() => UpdateSketch.From(ParameterVector.Zeros(UpdateSketch.Length - 1)));

    private static ParameterVector Unit(int index) => ParameterVector.Create(8, values => values[index] = 1);

    private static (int Index, float Value) Occupied(UpdateSketch sketch) =>
        sketch.Buckets.ToArray().Select((value, index) => (index, value)).Single(bucket => bucket.value != 0);
}
