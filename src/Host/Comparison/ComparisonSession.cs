using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>
/// Carries out a comparison: run after run, then the tables. What an earlier command finished or began under the same
/// settings is used, so that an interrupted comparison goes on where it was.
/// </summary>
internal sealed class ComparisonSession
{
    private readonly HostEnvironment _environment;
    private readonly SessionOptions _options;

    public ComparisonSession(HostEnvironment environment, SessionOptions options)
    {
        _environment = environment;
        _options = options;
    }

    /// <summary>Runs all that is planned.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ComparisonPlan plan)
    {
        var narration = new ComparisonNarration(_environment, plan);
        narration.Begin(_options.Workers);
        var results = new List<RunResult>();
        foreach (var (index, run) in plan.Runs.Index())
        {
            var isFinished = RunDirectory.HasRunOf(run.Directory, run.Settings.Resolved) && RunStore.IsFinished(run.Directory);
            if (!isFinished)
            {
                switch (await CarryOutAsync(run, index, narration))
                {
                    case RunOutcome.Interrupted interrupted:
                        _environment.Error.WriteLine(narration.Interruption(index, interrupted.Round));
                        return ExitCode.Interrupted;
                    case RunOutcome.Failed failed:
                        throw new RunFailedException(narration.Failure(index, failed.Reason, failed.Resumable), failed.Cause);
                }
            }

            results.Add(RunResult.Read(run.Directory));
            narration.Complete(index, results[^1], isFinished);
        }

        var report = ComparisonReport.Create(plan.Settings, results);
        ComparisonFiles.Write(report, plan.Directory);
        ComparisonView.Show(report, _environment);
        narration.End();
        return ExitCode.Done;
    }

    private async Task<RunOutcome> CarryOutAsync(ComparedRun run, int index, ComparisonNarration narration)
    {
        var resume = RunDirectory.HasRunOf(run.Directory, run.Settings.Resolved);
        if (_environment.Interruption.IsCancellationRequested && !resume)
        {
            return new RunOutcome.Interrupted(0);
        }

        using var place = resume ? RunDirectory.Open(run.Directory) : RunDirectory.Create(run.Directory);
        if (resume)
        {
            narration.Resume(index);
        }
        else
        {
            if (place.MovedTo is { } movedTo)
            {
                narration.MoveAside(run.Directory, movedTo);
            }

            place.WriteSettings(run.Settings.Resolved);
            narration.Start(index);
        }

        return await new RunExecution(_environment, _options).ExecuteAsync(run.Settings, run.Plan, place, resume, Display(run));
    }

    private IRunDisplay Display(ComparedRun run)
    {
        var watchClass = run.Settings.Federation.Evaluation.WatchClass;
        return _options.Verbose ? new PlainRunDisplay(_environment.Out, _environment.Time, watchClass)
            : _environment.Terminal is { } terminal ? new LiveRunDisplay(terminal, _environment.Time, watchClass)
            : new SilentRunDisplay();
    }
}
