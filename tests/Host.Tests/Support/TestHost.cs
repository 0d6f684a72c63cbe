using FedActors.Host.Commands;

namespace FedActors.Host.Tests.Support;

/// <summary>What a command did.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error);

/// <summary>Runs commands in a folder of their own, as a user would, but in this process.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public TestHost()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("fedactors-").FullName;
    }

    public string Directory { get; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Func<HttpMessageHandler> Http { get; init; } = () => throw new InvalidOperationException("This test has no network.");

    public string PathOf(params string[] parts) => Path.Combine([Directory, .. parts]);

    public TestHost WithVariable(string name, string value)
    {
        _variables[name] = value;
        return this;
    }

    public string Write(string name, string text)
    {
        var path = PathOf(name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public Func<string, string?> Variable => _variables.GetValueOrDefault;

    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(onLine: null, CancellationToken.None, arguments);

    /// <summary>Runs a command, and tells of each line of its output.</summary>
    public async Task<CommandResult> RunAsync(Action<string>? onLine, CancellationToken interruption, params string[] arguments)
    {
        var output = new LineWriter(onLine);
        var error = new LineWriter(onLine: null);
        var code = await CommandLine.RunAsync(arguments, new HostEnvironment
        {
            Out = output,
            Error = error,
            Directory = Directory,
            Variable = Variable,
            Time = Time,
            Http = Http,
            Interruption = interruption,
        });
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
