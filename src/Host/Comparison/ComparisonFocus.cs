using System.Collections.Immutable;
using System.Globalization;
using FedActors.Actors.Settings;
using FedActors.Host.Errors;

namespace FedActors.Host.Comparison;

/// <summary>What the tables of a comparison look at.</summary>
/// <param name="Stages">Evaluated rounds, in order; null for the quarters of the way.</param>
/// <param name="Goals">Accuracies in (0, 1], in order, of which is told when they were reached.</param>
internal sealed record ComparisonFocus(ImmutableArray<int>? Stages, ImmutableArray<double> Goals)
{
    private const string StagesOption = "--at";
    private const string GoalsOption = "--goals";

    /// <summary>What is looked at unless something else is asked for.</summary>
    public static ComparisonFocus Usual { get; } = new(null, [0.5, 0.8, 0.9]);

    /// <summary>Reads what was asked for.</summary>
    /// <param name="stages">Rounds with commas in between, or null.</param>
    /// <param name="goals">Percentages with commas in between, or null.</param>
    /// <param name="settings">The experiment.</param>
    /// <exception cref="UsageException">A round is not evaluated, or a percentage is none.</exception>
    public static ComparisonFocus Read(string? stages, string? goals, FederationSettings settings) => new(
        stages is null
            ? Usual.Stages
            : [.. OptionList.Read(StagesOption, stages, round => Stage(round, settings).ToString(CultureInfo.InvariantCulture))
                .Select(round => int.Parse(round, CultureInfo.InvariantCulture))
                .Order()],
        goals is null
            ? Usual.Goals
            : [.. OptionList.Read(GoalsOption, goals, goal => Goal(goal).ToString("R", CultureInfo.InvariantCulture))
                .Select(goal => double.Parse(goal, CultureInfo.InvariantCulture) / 100)
                .Order()]);

    private static int Stage(string text, FederationSettings settings)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var round) || round < 1 || round > settings.Rounds)
        {
            throw new UsageException(
                $"{StagesOption} names '{text}', but must name rounds from 1 to {settings.Rounds}, such as {StagesOption} 60,100.");
        }

        var every = settings.Evaluation.Every;
        return round % every == 0 || round == settings.Rounds
            ? round
            : throw new UsageException(
                $"{StagesOption} names {round}, but that round is not evaluated. Evaluated are multiples of evaluation.every, which "
                + $"is {every}, and the last round.");
    }

    private static double Goal(string text) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var goal)
            && goal is > 0 and <= 100
            ? goal
            : throw new UsageException(
                $"{GoalsOption} names '{text}', but must name percentages above 0 and up to 100, such as {GoalsOption} 80,90.");
}
