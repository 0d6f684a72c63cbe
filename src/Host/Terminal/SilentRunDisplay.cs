using FedActors.Actors.Federation;

namespace FedActors.Host.Terminal;

/// <summary>Shows nothing of a run, where somebody else tells how it ended.</summary>
internal sealed class SilentRunDisplay : IRunDisplay
{
    public void Report(RunProgress value)
    {
    }

    public async Task FollowAsync(Task run) => await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
