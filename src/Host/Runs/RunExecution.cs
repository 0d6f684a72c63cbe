using FedActors.Actors.Federation;
using FedActors.Host.Settings;
using FedActors.Host.Terminal;

namespace FedActors.Host.Runs;

/// <summary>Carries out a run in an actor system of its own, and shows it. What is said before and after is up to others.</summary>
internal sealed class RunExecution
{
    private readonly HostEnvironment _environment;
    private readonly SessionOptions _options;

    public RunExecution(HostEnvironment environment, SessionOptions options)
    {
        _environment = environment;
        _options = options;
    }

    /// <summary>Runs until the end, an interruption or a failure.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="plan">What follows from them.</param>
    /// <param name="place">Where the results go.</param>
    /// <param name="resume">Whether to go on from what is there.</param>
    /// <param name="display">Shows the progress.</param>
    public async Task<RunOutcome> ExecuteAsync(
        HostSettings settings, FederationPlan plan, RunDirectory place, bool resume, IRunDisplay display)
    {
        await using var engine = Engine.Start(settings.Engine, _options.Verbose ? _environment.Error : null);
        var run = FederationRun.ExecuteAsync(
            engine.System,
            plan,
            new RunOptions
            {
                Directory = place.Path,
                Workers = _options.Workers,
                Pool = _options.Pool,
                TaskThreads = _options.TaskThreads,
                Resume = resume,
                Packages = ProductVersion.Packages,
                Time = _environment.Time,
            },
            display,
            _environment.Interruption);
        await display.FollowAsync(run);
        return await run;
    }
}
