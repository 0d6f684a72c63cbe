using FedActors.Actors.Federation;

namespace FedActors.Host.Terminal;

/// <summary>Hands the progress of a run on to whoever shows several at once.</summary>
internal sealed class RelayedRunDisplay : IRunDisplay
{
    private readonly Action<RunProgress> _report;

    public RelayedRunDisplay(Action<RunProgress> report)
    {
        _report = report;
    }

    public void Report(RunProgress value) => _report(value);

    public async Task FollowAsync(Task run) => await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
