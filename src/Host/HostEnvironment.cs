using FedActors.Host.Terminal;
using Spectre.Console;

namespace FedActors.Host;

/// <summary>All that commands take from the world around them.</summary>
internal sealed record HostEnvironment
{
    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The terminal, where somebody is looking at one; null where output is piped.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>What relative paths start from.</summary>
    public required string Directory { get; init; }

    /// <summary>Looks up an environment variable.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Measures time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes what web requests go through.</summary>
    public Func<HttpMessageHandler> Http { get; init; } = () => new SocketsHttpHandler();

    /// <summary>Cancelled when the user or the system wants the program to end.</summary>
    public CancellationToken Interruption { get; init; }

    /// <summary>A path as the user would write it.</summary>
    public string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>The environment of this process.</summary>
    public static HostEnvironment OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        Terminal = TerminalDetection.Find(Environment.GetEnvironmentVariable),
        Directory = Environment.CurrentDirectory,
        Variable = Environment.GetEnvironmentVariable,
        Interruption = ProcessSignals.Watch(),
    };
}
