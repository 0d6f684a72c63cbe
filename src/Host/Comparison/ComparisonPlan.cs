using System.Collections.Immutable;
using System.Globalization;
using FedActors.Actors.Settings;
using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Settings;

namespace FedActors.Host.Comparison;

/// <summary>Every run of a comparison, checked before the first starts.</summary>
/// <param name="Settings">The experiment as it is without the comparison.</param>
/// <param name="Directory">What holds the folders of the runs.</param>
/// <param name="Runs">The runs, policy by policy.</param>
/// <param name="Focus">What the tables look at.</param>
internal sealed record ComparisonPlan(
    FederationSettings Settings, string Directory, ImmutableArray<ComparedRun> Runs, ComparisonFocus Focus)
{
    private const string PoliciesOption = "--policies";
    private const string SeedsOption = "--seeds";

    /// <summary>Plans a comparison. Files are read once, for all runs.</summary>
    /// <exception cref="UsageException">The lists of the request can't be used.</exception>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public static ComparisonPlan Create(ComparisonRequest request, HostEnvironment environment)
    {
        var reader = new SettingsReader(environment.Directory, environment.Variable);
        var own = reader.Read(request.Experiment, request.Overrides);
        var federation = own.Federation;
        string[] usual = [.. new[] { "fresh", "none", federation.Staleness.Policy.Name }.Distinct()];
        var policies = request.Policies is { } names ? OptionList.Read(PoliciesOption, names) : usual;
        // A seed that is not asked for stays as the file writes it, so that the settings are the same as those of `run`.
        SettingSection[][] seeds = request.Seeds is { } numbers
            ? [.. OptionList.Read(SeedsOption, numbers, Shortest).Select(seed => new[] { SettingOverride.OfSeed(seed, SeedsOption) })]
            : [[]];

        var focus = ComparisonFocus.Read(request.Stages, request.Goals, federation);
        var settings = ReadAll(reader, request, policies, seeds);
        var inputs = RunPlanning.Load(own);
        var directory = Path.GetFullPath(request.Directory ?? RunDirectory.StandardGroup(federation), environment.Directory);
        return new ComparisonPlan(
            federation,
            directory,
            [
                .. settings.Select(run => new ComparedRun(
                    run, RunPlanning.Create(run, inputs), Path.Combine(directory, RunDirectory.NameOf(run.Federation)))),
            ],
            focus);
    }

    /// <summary>The settings of each run. What is wrong with any of them is told in one message.</summary>
    private static List<HostSettings> ReadAll(
        SettingsReader reader, ComparisonRequest request, IReadOnlyList<string> policies, SettingSection[][] seeds)
    {
        var settings = new List<HostSettings>();
        var problems = new List<SettingsProblem>();
        foreach (var policy in policies)
        {
            foreach (var seed in seeds)
            {
                SettingSection[] options = [SettingOverride.OfPolicy(policy, PoliciesOption), .. seed];
                try
                {
                    settings.Add(reader.Read(request.Experiment, request.Overrides, options));
                }
                catch (SettingsException exception)
                {
                    problems.AddRange(exception.Problems);
                }
            }
        }

        return problems.Count == 0 ? settings : throw new SettingsException([.. problems.Distinct()]);
    }

    /// <summary>So that 1 and 01 are seen to be one seed.</summary>
    private static string Shortest(string seed) =>
        ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : seed;
}
