using FedActors.Models.Data;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Data.Drift;

public sealed class DriftScheduleTests
{
    [Fact]
    public void The_share_grows_with_the_rounds_to_the_rate_and_no_further_than_all()
    {
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], Fractions(new DriftSchedule(1, 4)));
        Assert.Equal([0, 0.5, 1, 1, 1], Fractions(new DriftSchedule(2, 4)));
        Assert.Equal([0, 0.125, 0.25, 0.375, 0.5], Fractions(new DriftSchedule(0.5, 4)));
    }

    [Fact]
    public void As_many_samples_as_rounds_are_replaced_one_a_round() => Assert.All(
        Enumerable.Range(0, 301), round => Assert.Equal(round, new DriftSchedule(1, 300).Replaced(300, round)));

    [Fact]
    public void The_number_replaced_is_monotone_and_within_half_a_sample_of_the_share() => Properties.Hold(
        Gen.Choose(1, 400).SelectMany(rate => Gen.Choose(1, 300).SelectMany(rounds => Gen.Choose(0, 700).Select(samples => (rate, rounds, samples)))),
        drawn =>
        {
            var (rate, rounds, samples) = drawn;
            var schedule = new DriftSchedule(rate / 100.0, rounds);
            var before = 0;
            for (var round = 0; round <= rounds; round++)
            {
                var replaced = schedule.Replaced(samples, round);
                var exact = Math.Min(samples, rate / 100m * round / rounds * samples);

                Assert.InRange(replaced, before, samples);
                Assert.InRange(Math.Abs(replaced - exact), 0, 0.5m + 1e-9m);
                before = replaced;
            }
        });

    private static IEnumerable<double> Fractions(DriftSchedule schedule) => Enumerable.Range(0, 5).Select(schedule.Fraction);
}
