using FedActors.Actors.Federation;

namespace FedActors.Host.Comparison;

/// <summary>Shows where the runs of a comparison stand. All of it may be told from any thread.</summary>
internal interface IComparisonDisplay
{
    /// <summary>A run begins.</summary>
    /// <param name="index">Its place in the plan.</param>
    /// <param name="resumed">Whether it goes on from an earlier command.</param>
    void Begin(int index, bool resumed);

    /// <summary>A run has come further.</summary>
    void Report(int index, RunProgress progress);

    /// <summary>A run has ended.</summary>
    void End(int index, RunEnding ending);

    /// <summary>Something else is to be said.</summary>
    void Note(string text);

    /// <summary>Shows all of it until the comparison ends.</summary>
    /// <param name="work">The comparison; its failure is not thrown here.</param>
    Task FollowAsync(Task work);
}
