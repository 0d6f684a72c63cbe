using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using FedActors.Host.Errors;

namespace FedActors.Host.Commands;

/// <summary>Reads the command line, carries out what it says, and turns every error into one message and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">The world around it.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, HostEnvironment environment)
    {
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Show the actors' log, and where an error happened.",
            Recursive = true,
        };
        var command = Describe(environment, verbose);
        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            foreach (var error in parsed.Errors)
            {
                environment.Error.WriteLine(error.Message);
            }

            environment.Error.WriteLine($"`{CommandName.Current} --help` shows what can be said.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = environment.Out,
                    Error = environment.Error,
                    EnableDefaultExceptionHandler = false,
                    // Signals are watched for the whole process.
                    ProcessTerminationTimeout = null,
                },
                environment.Interruption);
        }
        catch (Exception exception)
        {
            var report = ErrorCatalogue.Describe(exception);
            environment.Error.WriteLine(parsed.GetValue(verbose) ? $"{report.Message}\n{exception}" : report.Message);
            return report.ExitCode;
        }
    }

    private static RootCommand Describe(HostEnvironment environment, Option<bool> verbose)
    {
        var root = new RootCommand("Federated learning as a system of actors. Without a command, runs a demo of under a minute.")
        {
            verbose,
            RunCommand.Create(environment, verbose),
            CompareCommand.Create(environment, verbose),
            ResumeCommand.Create(environment, verbose),
            HostCommand.Create(environment, verbose),
            DataCommand.Create(environment),
            ConfigCommand.Create(environment),
        };
        root.SetAction((parsed, _) => new DemoCommand(environment).RunAsync([], parsed.GetValue(verbose)));
        foreach (var option in root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Action = new HelpWithExamples((HelpAction)help.Action!);
                    break;
                case VersionOption version:
                    version.Action = new VersionAction(environment.Out);
                    break;
            }
        }

        return root;
    }

    private sealed class VersionAction(TextWriter output) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            output.WriteLine(ProductVersion.Describe());
            return ExitCode.Done;
        }
    }
}
