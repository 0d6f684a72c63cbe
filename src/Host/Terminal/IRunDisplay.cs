using FedActors.Actors.Federation;

namespace FedActors.Host.Terminal;

/// <summary>Shows where a run stands. Progress may be reported from any thread.</summary>
internal interface IRunDisplay : IProgress<RunProgress>
{
    /// <summary>Shows the run until it ends.</summary>
    /// <param name="run">The run; its failure is not thrown here.</param>
    Task FollowAsync(Task run);
}
