using System.Collections.Immutable;

namespace FedActors.Host.Settings;

/// <summary>The settings can't be used. Carries every mistake that was found, not only the first.</summary>
internal sealed class SettingsException : Exception
{
    public SettingsException(ImmutableArray<SettingsProblem> problems)
        : base(Describe(problems))
    {
        Problems = problems;
    }

    public ImmutableArray<SettingsProblem> Problems { get; }

    private static string Describe(ImmutableArray<SettingsProblem> problems) =>
        problems.Length == 1
            ? problems[0].ToString()
            : $"There are {problems.Length} mistakes in the settings:\n" + string.Join('\n', problems.Select(problem => $"  - {problem}"));
}
