namespace FedActors.Models.Data;

/// <summary>How much of the data is of the second domain, and when.</summary>
/// <param name="Rate">Share of the samples that is replaced when all rounds are over, positive; above 1, all are earlier.</param>
/// <param name="Rounds">The rounds of the run, at least 1.</param>
public sealed record DriftSchedule(double Rate, int Rounds)
{
    /// <summary>The share of the second domain once so many rounds are over: min(1, rate · round / rounds).</summary>
    /// <param name="round">Rounds that are over, not negative.</param>
    public double Fraction(int round)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        return Math.Min(1, Rate * round / Rounds);
    }

    /// <summary>How many of some samples that is, rounded to the nearest whole number.</summary>
    /// <param name="samples">All samples.</param>
    /// <param name="round">Rounds that are over, not negative.</param>
    public int Replaced(int samples, int round) =>
        (int)Math.Round(samples * Fraction(round), MidpointRounding.AwayFromZero);
}
