using FedActors.Host.Comparison;
using Spectre.Console;

namespace FedActors.Host.Tests.Comparison;

public sealed class ComparisonViewTests
{
    private static readonly ComparisonReport Report = Results.Report(
        "1", Results.Of("fresh", 1, seconds: 4, 0.40, 0.60), Results.Of("exponential", 1, seconds: 4, 0.30, 0.55));

    private readonly StringWriter _output = new();

    [Fact]
    public void Piped_tables_are_aligned_text()
    {
        ComparisonView.Show(ComparisonTables.Of(Report), Environment(terminal: null));

        Assert.Contains(
            """
            After 40 rounds:
            policy       accuracy  class 1  training s  evaluation s  wall clock s
            fresh        60.0%     30.0%    2.0         1.0           4.0
            exponential  55.0%     27.5%    2.0         1.0           4.0
            """,
            Text(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_draws_the_same_figures()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_output) });

        ComparisonView.Show(ComparisonTables.Of(Report), Environment(terminal));

        Assert.Contains("After 40 rounds", Text(), StringComparison.Ordinal);
        Assert.Contains("Rounds to an accuracy of", Text(), StringComparison.Ordinal);
        Assert.Contains("On the way", Text(), StringComparison.Ordinal);
        Assert.Matches(@"exponential +55\.0% +27\.5% +2\.0 +1\.0 +4\.0", Text());
        Assert.Contains("─", Text(), StringComparison.Ordinal);
    }

    private string Text() => _output.ToString().ReplaceLineEndings("\n");

    private HostEnvironment Environment(IAnsiConsole? terminal) => new()
    {
        Out = _output,
        Error = TextWriter.Null,
        Terminal = terminal,
        Directory = ".",
        Variable = _ => null,
    };
}
