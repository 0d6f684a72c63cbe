using System.CommandLine;
using FedActors.Host.Errors;
using FedActors.Host.Hosts;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors host HOST.conf</c></summary>
internal static class HostCommand
{
    public static Command Create(HostEnvironment environment, Option<bool> verbose)
    {
        var file = new Argument<string>("file") { Description = "The settings file of the host.", HelpName = "HOST.conf" };
        var set = RunArguments.Set();
        var command = new Command("host", "Start a host of a federation that runs on several machines or processes.")
        {
            file,
            set,
            Reference(environment),
            CertificateCommand.Create(environment),
        };
        command.SetAction((parsed, _) =>
        {
            var settings = new NodeFile(environment.Directory, environment.Variable).Read(
                RunArguments.NotEmpty(parsed.GetRequiredValue(file), "HOST.conf")!, parsed.GetValue(set) ?? []);
            return new NodeSession(environment, settings, parsed.GetValue(verbose)).RunAsync();
        });
        return command;
    }

    private static Command Reference(HostEnvironment environment)
    {
        var command = new Command("reference", "Print every setting of a host with its default and what it means.");
        command.SetAction(_ =>
        {
            environment.Out.Write(NodeFile.ReferenceText());
            return ExitCode.Done;
        });
        return command;
    }
}
