namespace FedActors.Models.Staleness.Inversion;

/// <summary>How an update is inverted into data.</summary>
public sealed record InversionRecipe
{
    /// <summary>m, the number of inputs to reconstruct, at least 1. Default 16.</summary>
    public int Images { get; init; } = 16;

    /// <summary>How the updates are compared. Default <see cref="Disparity.L1"/>.</summary>
    public Disparity Disparity { get; init; } = Disparity.L1;

    /// <summary>Fraction of coordinates compared, those where the client's update is largest; in (0, 1]. Default 1.</summary>
    public double Keep { get; init; } = 1;

    /// <summary>The search from nothing. Default 100 iterations from step size 0.3.</summary>
    public InversionSchedule Cold { get; init; } = new(100, 0.3, Patience: 20, Progress: 0.01);

    /// <summary>The search from the client's last reconstruction. Default 15 iterations from step size 0.3, made smaller as updates shrink (<see cref="WarmStart.ColdSize"/>).</summary>
    public InversionSchedule Warm { get; init; } = new(15, 0.3, Patience: 10, Progress: 0.01);

    /// <summary>Whether to unroll each mini-batch of the client instead of one long step for each of its epochs. Default no.</summary>
    public bool EveryBatch { get; init; }

    /// <summary>Checks every setting.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Images, 1);
        foreach (var schedule in new[] { Cold, Warm })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(schedule.Iterations, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(schedule.Patience, 1);
            if (!(schedule.Rate > 0) || !double.IsFinite(schedule.Rate) || !(schedule.Progress >= 0 && schedule.Progress < 1))
            {
                throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "The step size is positive, and progress lies in [0, 1).");
            }
        }

        if (!(Keep > 0 && Keep <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Keep), Keep, "The fraction of coordinates to keep lies in (0, 1].");
        }
    }
}
