using System.Collections.Immutable;
using FedActors.Actors.Workers;
using FedActors.Host.Errors;

namespace FedActors.Host.Comparison;

/// <summary>
/// Carries out a comparison: several runs side by side on the same workers, then the tables. What an earlier command
/// finished or began under the same settings is used, so that an interrupted comparison goes on where it was.
/// </summary>
internal sealed class ComparisonSession
{
    private readonly HostEnvironment _environment;
    private readonly ComparisonOptions _options;

    public ComparisonSession(HostEnvironment environment, ComparisonOptions options)
    {
        _environment = environment;
        _options = options;
    }

    /// <summary>Carries out all that is planned.</summary>
    /// <returns>What came out; null if it was interrupted, of which the user has been told.</returns>
    /// <exception cref="RunFailedException">A run failed. The others have ended.</exception>
    public async Task<ComparisonReport?> RunAsync(ComparisonPlan plan)
    {
        var parallel = _options.ParallelRuns(plan.Runs.Length, plan.Settings.Clock);
        var narration = new ComparisonNarration(_environment, plan);
        narration.Begin(_options.Session.Workers, parallel);
        using var pool = new WorkerPool(_options.Session.Workers);
        var display = Display(plan);
        var execution = new ComparedRunExecution(_environment, _options.Session with { Pool = pool }, _options.Afresh, display);
        var work = CarryOutAsync(plan.Runs, parallel, execution);
        try
        {
            await display.FollowAsync(work);
        }
        finally
        {
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Conclude(plan, await work, narration);
    }

    private async Task<RunEnding[]> CarryOutAsync(ImmutableArray<ComparedRun> runs, int parallel, ComparedRunExecution execution)
    {
        var endings = new RunEnding[runs.Length];
        Array.Fill(endings, new RunEnding.NotBegun());
        var last = -1;
        var refused = false;
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(FollowOneAnotherAsync)));
        return endings;

        async Task FollowOneAnotherAsync()
        {
            while (!_environment.Interruption.IsCancellationRequested
                && !Volatile.Read(ref refused)
                && Interlocked.Increment(ref last) is var index
                && index < runs.Length)
            {
                try
                {
                    endings[index] = await execution.ExecuteAsync(index, runs[index]);
                }
                catch
                {
                    // What one run is refused for holds for all, as a rule: those under way end, no other begins.
                    Volatile.Write(ref refused, true);
                    throw;
                }
            }
        }
    }

    private ComparisonReport? Conclude(ComparisonPlan plan, RunEnding[] endings, ComparisonNarration narration)
    {
        var failures = endings.OfType<RunEnding.Failed>().ToList();
        if (failures.Count > 0)
        {
            throw new RunFailedException(narration.Failure(endings, _options.Resumption), failures[0].Cause);
        }

        if (!endings.All(ending => ending is RunEnding.Done))
        {
            _environment.Error.WriteLine(narration.Interruption(endings, _options.Resumption));
            return null;
        }

        var report = ComparisonReport.Create(
            plan.Settings,
            plan.Runs[0].Settings.Resolved,
            plan.Focus,
            [.. endings.Cast<RunEnding.Done>().Select(done => done.Result)]);
        ComparisonFiles.Write(report, plan.Directory);
        return report;
    }

    private IComparisonDisplay Display(ComparisonPlan plan) => _environment.Terminal is { } terminal && !_options.Session.Verbose
        ? new LiveComparisonDisplay(terminal, _environment.Time, plan)
        : new PlainComparisonDisplay(_environment.Out, plan, everyEvaluation: _options.Session.Verbose);
}
