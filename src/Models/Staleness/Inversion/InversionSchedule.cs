namespace FedActors.Models.Staleness.Inversion;

/// <summary>How long an inversion searches, and in steps of which size.</summary>
/// <param name="Iterations">The most iterations, at least 1.</param>
/// <param name="Rate">The first step size of Adam, positive.</param>
/// <param name="Patience">Iterations without progress that end a stage early, at least 1.</param>
/// <param name="Progress">The relative fall of the disparity that counts as progress, from 0 to below 1.</param>
public sealed record InversionSchedule(int Iterations, double Rate, int Patience, double Progress)
{
    private const double Decay = 0.3;

    /// <summary>The stages: the step size falls to 0.3 of what it was after 3/8, 5/8 and 7/8 of the iterations.</summary>
    public IEnumerable<(int Iterations, double Rate)> Stages()
    {
        int[] ends = [3 * Iterations / 8, 5 * Iterations / 8, 7 * Iterations / 8, Iterations];
        var begin = 0;
        var rate = Rate;
        foreach (var end in ends)
        {
            yield return (end - begin, rate);
            begin = end;
            rate *= Decay;
        }
    }
}
