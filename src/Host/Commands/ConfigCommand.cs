using System.CommandLine;
using FedActors.Host.Errors;
using FedActors.Host.Settings;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors config show | reference</c></summary>
internal static class ConfigCommand
{
    public static Command Create(HostEnvironment environment) => new("config", "Look at settings.")
    {
        Show(environment),
        Reference(environment),
    };

    private static Command Show(HostEnvironment environment)
    {
        var file = new Argument<string>("file") { Description = "A settings file.", HelpName = "FILE" };
        var set = RunArguments.Set();
        var command = new Command("show", "Check a settings file and print it complete, defaults included.") { file, set };
        command.SetAction(parsed =>
        {
            var settings = new SettingsReader(environment.Directory, environment.Variable)
                .Read(RunArguments.NotEmpty(parsed.GetRequiredValue(file), "FILE"), parsed.GetValue(set) ?? []);
            environment.Out.Write(settings.Resolved);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Reference(HostEnvironment environment)
    {
        var command = new Command("reference", "Print every setting with its default and what it means.");
        command.SetAction(_ =>
        {
            environment.Out.Write(SettingsReader.ReferenceText());
            return ExitCode.Done;
        });
        return command;
    }
}
