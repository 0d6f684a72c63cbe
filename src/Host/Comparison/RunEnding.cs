namespace FedActors.Host.Comparison;

/// <summary>How one run of a comparison ended.</summary>
internal abstract record RunEnding
{
    private RunEnding()
    {
    }

    /// <summary>It was not begun, because the comparison was stopped before.</summary>
    public sealed record NotBegun : RunEnding;

    /// <summary>Its results are there.</summary>
    /// <param name="Result">The results.</param>
    /// <param name="Reused">Whether an earlier command made them.</param>
    public sealed record Done(RunResult Result, bool Reused) : RunEnding;

    /// <summary>It was interrupted, and its state is saved.</summary>
    /// <param name="Round">Its rounds that are done.</param>
    public sealed record Saved(int Round) : RunEnding;

    /// <summary>It failed.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Resumable">Whether it may go on.</param>
    /// <param name="Cause">What lies beneath, if that is known.</param>
    public sealed record Failed(string Reason, bool Resumable, Exception? Cause) : RunEnding;
}
