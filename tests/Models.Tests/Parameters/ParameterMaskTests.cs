using FedActors.Models.Parameters;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Parameters;

public sealed class ParameterMaskTests
{
    [Fact]
    public void Kept_coordinates_are_the_largest_in_magnitude()
    {
        var cases = Properties.Floats.SelectMany(values => Gen.Choose(1, 100).Select(percent => (values, keep: percent / 100.0)));
        Properties.Hold(cases, drawn =>
        {
            var mask = ParameterVector.FromSpan(drawn.values).TopMagnitudeMask(drawn.keep);
            var kept = drawn.values.Where((_, index) => mask[index]).Select(Math.Abs).ToArray();
            var dropped = drawn.values.Where((_, index) => !mask[index]).Select(Math.Abs).ToArray();

            Assert.Equal(mask.Kept, kept.Length);
            Assert.InRange(mask.Kept, 1, drawn.values.Length);
            Assert.True(dropped.Length == 0 || kept.Min() >= dropped.Max());
        });
    }

    [Fact]
    public void Of_equal_magnitudes_the_first_are_kept()
    {
        var mask = ParameterVector.FromSpan([1, -2, 2, -2, 2]).TopMagnitudeMask(0.4);

        Assert.Equal([0, 1, 1, 0, 0], mask.ToVector().ToArray());
    }

    [Theory]
    [InlineData(0.05, 21_840, 1_092)]
    [InlineData(0.05, 50_890, 2_544)]
    [InlineData(0.07, 100, 7)]
    [InlineData(0.001, 10, 1)]
    [InlineData(1.0, 10, 10)]
    public void Kept_fraction_is_rounded_down_but_never_to_nothing(double keep, int length, int expected) =>
        Assert.Equal(expected, ParameterVector.Zeros(length).TopMagnitudeMask(keep).Kept);

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Fractions_outside_zero_to_one_are_refused(double keep) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterVector.Zeros(3).TopMagnitudeMask(keep));
}
