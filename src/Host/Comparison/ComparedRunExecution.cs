using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>Carries out one run of a comparison, or uses what an earlier command made of it.</summary>
internal sealed class ComparedRunExecution
{
    private readonly HostEnvironment _environment;
    private readonly SessionOptions _options;
    private readonly bool _afresh;
    private readonly IComparisonDisplay _display;

    public ComparedRunExecution(HostEnvironment environment, SessionOptions options, bool afresh, IComparisonDisplay display)
    {
        _environment = environment;
        _options = options;
        _afresh = afresh;
        _display = display;
    }

    /// <summary>Carries out a run.</summary>
    /// <param name="index">Its place in the plan.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="UsageException">It can't be begun.</exception>
    public async Task<RunEnding> ExecuteAsync(int index, ComparedRun run)
    {
        var ending = await EndingOfAsync(index, run);
        _display.End(index, ending);
        return ending;
    }

    private async Task<RunEnding> EndingOfAsync(int index, ComparedRun run)
    {
        try
        {
            var isKnown = !_afresh && RunDirectory.HasRunOf(run.Directory, run.Settings.Resolved);
            if (isKnown && RunStore.IsFinished(run.Directory))
            {
                return new RunEnding.Done(RunResult.Read(run.Directory), Reused: true);
            }

            return await CarryOutAsync(index, run, isKnown) switch
            {
                RunOutcome.Interrupted interrupted => new RunEnding.Saved(interrupted.Round),
                RunOutcome.Failed failed => new RunEnding.Failed(failed.Reason, failed.Resumable, failed.Cause),
                _ => new RunEnding.Done(RunResult.Read(run.Directory), Reused: false),
            };
        }
        catch (Exception exception) when (exception is not UsageException)
        {
            // Whatever became of this run, the others go on.
            return new RunEnding.Failed(ErrorCatalogue.Describe(exception).Message, Resumable: false, exception);
        }
    }

    private async Task<RunOutcome> CarryOutAsync(int index, ComparedRun run, bool resume)
    {
        using var place = resume ? RunDirectory.Open(run.Directory) : RunDirectory.Create(run.Directory);
        if (place.MovedTo is { } movedTo)
        {
            _display.Note($"The earlier results in {_environment.Shown(run.Directory)} are now in {_environment.Shown(movedTo)}.");
        }

        if (!resume)
        {
            place.WriteSettings(run.Settings.Resolved);
        }

        _display.Begin(index, resume);
        return await new RunExecution(_environment, _options).ExecuteAsync(
            run.Settings, run.Plan, place, resume, new RelayedRunDisplay(progress => _display.Report(index, progress)));
    }
}
