namespace FedActors.Actors.Federation;

/// <summary>How a run ended.</summary>
public abstract record RunOutcome
{
    private RunOutcome()
    {
    }

    /// <summary>All rounds are done and the results are on disk.</summary>
    public sealed record Completed(RunSummary Summary) : RunOutcome;

    /// <summary>The run was asked to stop; a checkpoint of <paramref name="Round"/> finished rounds is on disk.</summary>
    public sealed record Interrupted(int Round) : RunOutcome;

    /// <summary>The run could not go on. What was written before stays, and the run may be resumed where <paramref name="Resumable"/>.</summary>
    public sealed record Failed(string Reason, bool Resumable, Exception? Cause) : RunOutcome;
}
