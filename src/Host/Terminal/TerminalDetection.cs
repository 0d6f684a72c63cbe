using Spectre.Console;

namespace FedActors.Host.Terminal;

/// <summary>Finds out whether somebody is looking.</summary>
internal static class TerminalDetection
{
    /// <summary>The terminal, or null where output is piped or can't be redrawn.</summary>
    /// <param name="variable">Looks up an environment variable; <c>NO_COLOR</c> is respected.</param>
    public static IAnsiConsole? Find(Func<string, string?> variable)
    {
        if (Console.IsOutputRedirected || variable("TERM") == "dumb")
        {
            return null;
        }

        var isPlain = variable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true } ? console : null;
    }
}
