using FedActors.Models.Staleness.Guards;

namespace FedActors.Models.Tests.Staleness.Guards;

public sealed class ErrorComparisonTests
{
    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(1, 2, -0.69314718055994530942)]
    [InlineData(2, 1, 0.69314718055994530942)]
    public void The_ratio_is_below_zero_where_the_estimate_was_nearer(double estimate, double stale, double logarithm) =>
        Assert.Equal(logarithm, ErrorComparison.Of(3, estimate, stale)!.LogRatio, 1e-15);

    [Fact]
    public void Where_one_error_vanishes_the_ratio_stays_finite_and_keeps_its_side()
    {
        Assert.Equal(new ErrorComparison(3, -7), ErrorComparison.Of(3, 0, 1));
        Assert.Equal(new ErrorComparison(3, 7), ErrorComparison.Of(3, 1, 0));
        Assert.Equal(7, ErrorComparison.Of(3, double.PositiveInfinity, 1)!.LogRatio);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Nothing_is_compared_where_the_ratio_is_no_number(double estimate, double stale) =>
        Assert.Null(ErrorComparison.Of(3, estimate, stale));
}
