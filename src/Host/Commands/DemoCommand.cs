using FedActors.Host.Comparison;
using FedActors.Host.Errors;
using FedActors.Host.Runs;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors</c> without a command: what late updates do to a model, and what can be done about it.</summary>
internal sealed class DemoCommand
{
    /// <summary>The staleness policies that the demo lays side by side, and what each does with late updates.</summary>
    private static readonly (string Name, string Effect)[] Policies =
    [
        ("none", "adds them as they are: they drag the model back to where it was"),
        ("exponential", "adds less of them the later they are: their class is hardly heard"),
        ("gradient-inversion", "works out what they would be by now, and adds that"),
    ];

    /// <summary>Their names with commas in between.</summary>
    public static readonly string PolicyList = string.Join(',', Policies.Select(policy => policy.Name));

    private readonly HostEnvironment _environment;

    public DemoCommand(HostEnvironment environment)
    {
        _environment = environment;
    }

    /// <summary>Explains what is simulated, runs it, and says what to try next.</summary>
    /// <param name="overrides">What to change in the defaults, each as <c>key=value</c>.</param>
    /// <param name="verbose">Whether the actors' log is shown.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> overrides, bool verbose)
    {
        var plan = ComparisonPlan.Create(
            new ComparisonRequest { Experiment = null, Overrides = overrides, Policies = PolicyList }, _environment);
        Introduce(plan);
        var options = new ComparisonOptions(new SessionOptions(Environment.ProcessorCount, TaskThreads: 1, verbose))
        {
            Parallel = plan.Runs.Length,
            Afresh = true,
            Resumption = $"Go on with: {CommandName.Current} {Resumption(plan)}",
        };
        if (await new ComparisonSession(_environment, options).RunAsync(plan) is not { } report)
        {
            return ExitCode.Interrupted;
        }

        ComparisonView.Show([ComparisonTables.End(report)], _environment);
        new ComparisonNarration(_environment, plan).End();
        SayWhatNext();
        return ExitCode.Done;
    }

    private void Introduce(ComparisonPlan plan)
    {
        var settings = plan.Settings;
        var slow = settings.Devices.Slow;
        var delay = (int)(slow.Latency / settings.RoundDuration);
        var width = Policies.Max(policy => policy.Name.Length);
        _environment.Out.WriteLine(
            $"""
            {settings.Data.Clients} devices learn together to read ten drawn characters. Nobody shares data: each device trains on
            its own images, nearly all of one class, and sends only what it learned. The devices that hold class {slow.Class}
            are slow: their updates arrive {delay} rounds late, when the model has moved on. What becomes of them?

            {string.Join(Environment.NewLine, Policies.Select(policy => $"  {policy.Name.PadRight(width)}  {policy.Effect}"))}

            Watch class {slow.Class}.

            """);
    }

    /// <summary>The settings that a run has noted are there whatever the user's folder holds.</summary>
    private string Resumption(ComparisonPlan plan) =>
        $"compare {_environment.Shown(Path.Combine(plan.Runs[0].Directory, RunDirectory.SettingsFile))} --policies {PolicyList}";

    private void SayWhatNext()
    {
        var name = CommandName.Current;
        _environment.Out.WriteLine(
            $"""

            Try next:
              {name} compare config/demo.conf --policies fresh,none --seeds 1,2,3   what if nobody were slow
              {name} run config/experiments/glyphs-dropout.conf                     devices crash and vanish
              {name} data get mnist                                                 handwritten digits, for config/experiments
              {name} --help                                                         everything else
            """);
    }
}
