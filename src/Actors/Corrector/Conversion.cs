using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Corrector;

/// <summary>An update on its way through the corrector: prepared, requested, or both.</summary>
/// <param name="update">What is converted.</param>
/// <param name="due">When it arrives, as far as it is known.</param>
internal sealed class Conversion(StaleUpdate update, TimeSpan due)
{
    private UpdateSketch? _sketch;

    public StaleUpdate Update { get; } = update;

    public TimeSpan Due { get; } = due;

    public long Id => Update.AssignmentId;

    /// <summary>What the aggregator asked once the update arrived; null while it is only prepared.</summary>
    public CorrectorProtocol.Correct? Request { get; set; }

    /// <summary>Place among the requests, in the order of arrival.</summary>
    public long Order { get; set; }

    /// <summary>γ at its arrival.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>The client's memory that the inversion started from.</summary>
    public ClientMemory? BeganFrom { get; set; }

    /// <summary>The conversion in that memory that the update, now that it is here, is the truth of; null where there is none.</summary>
    public PastConversion? LookBack => BeganFrom?.NearestTo(Update.BaseVersion);

    /// <summary>The job at work or done for it; 0 where there is none.</summary>
    public long Job { get; set; }

    /// <summary>What the inversion found; null before.</summary>
    public InverterProtocol.Inverted? Found { get; set; }

    /// <summary>Whether the inversion was used and its estimate is being computed.</summary>
    public bool IsReplaying { get; set; }

    /// <summary>Crashes of inverters on it.</summary>
    public int Failures { get; set; }

    /// <summary>The update's direction.</summary>
    public UpdateSketch Sketch => _sketch ??= UpdateSketch.Of(Update.Delta);
}
