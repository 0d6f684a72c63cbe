using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Host.Errors;
using FedActors.Host.Settings;
using FedActors.Host.Terminal;

namespace FedActors.Host.Runs;

/// <summary>Carries out one run: data, folder, actors, progress, and the last word.</summary>
internal sealed class RunSession
{
    private readonly HostEnvironment _environment;
    private readonly SessionOptions _options;

    /// <summary>A session.</summary>
    public RunSession(HostEnvironment environment, SessionOptions options)
    {
        _environment = environment;
        _options = options;
    }

    /// <summary>Starts a new run.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="directory">Where the results go; null for the standard place.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> StartAsync(HostSettings settings, string? directory)
    {
        var plan = RunPlanning.Create(settings, RunPlanning.Load(settings));
        var path = Path.GetFullPath(directory ?? RunDirectory.Standard(settings.Federation), _environment.Directory);
        using var place = RunDirectory.Create(path);
        if (place.MovedTo is { } movedTo)
        {
            _environment.Out.WriteLine($"The earlier results in {_environment.Shown(path)} are now in {_environment.Shown(movedTo)}.");
        }

        place.WriteSettings(settings.Resolved);
        return await CarryOutAsync(settings, plan, place, resume: false);
    }

    /// <summary>Goes on with a run that was interrupted.</summary>
    /// <param name="directory">The folder of the run.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ResumeAsync(string directory)
    {
        var path = Path.GetFullPath(directory, _environment.Directory);
        using var place = RunDirectory.Open(path);
        if (RunStore.IsFinished(path))
        {
            _environment.Out.WriteLine($"The run in {_environment.Shown(path)} is finished already; there is nothing to resume.");
            return ExitCode.Done;
        }

        var settings = new SettingsReader(_environment.Directory, _environment.Variable).Read(place.Settings, []);
        var plan = RunPlanning.Create(settings, RunPlanning.Load(settings));
        return await CarryOutAsync(settings, plan, place, resume: true);
    }

    private async Task<int> CarryOutAsync(HostSettings settings, FederationPlan plan, RunDirectory place, bool resume)
    {
        var narration = new RunNarration(_environment.Out, _environment.Shown(place.Path));
        narration.Begin(plan, _options.Workers, resume);
        var execution = new RunExecution(_environment, _options);
        return Conclude(await execution.ExecuteAsync(settings, plan, place, resume, Display(settings)), narration);
    }

    private int Conclude(RunOutcome outcome, RunNarration narration)
    {
        switch (outcome)
        {
            case RunOutcome.Completed completed:
                narration.Complete(completed.Summary);
                return ExitCode.Done;
            case RunOutcome.Interrupted interrupted:
                _environment.Error.WriteLine(narration.Interruption(interrupted.Round));
                return ExitCode.Interrupted;
            case RunOutcome.Failed failed:
                throw new RunFailedException(narration.Failure(failed), failed.Cause);
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome));
        }
    }

    private IRunDisplay Display(HostSettings settings)
    {
        var watchClass = settings.Federation.Evaluation.WatchClass;
        return _environment.Terminal is { } terminal && !_options.Verbose
            ? new LiveRunDisplay(terminal, _environment.Time, watchClass)
            : new PlainRunDisplay(_environment.Out, _environment.Time, watchClass);
    }
}
