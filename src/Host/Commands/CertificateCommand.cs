using System.CommandLine;
using FedActors.Host.Errors;
using FedActors.Host.Hosts;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors host certificate</c></summary>
internal static class CertificateCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var directory = new Option<string>("--out") { Description = "Folder for the certificates.", HelpName = "DIR", Required = true };
        var names = new Option<string[]>("--host")
        {
            Description = "A host that gets a certificate, by name or address. May be given many times. Default: localhost.",
            HelpName = "NAME",
            DefaultValueFactory = _ => ["localhost"],
        };
        var days = new Option<int>("--days") { Description = "Days that they are valid. Default: 30.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var command = new Command(
            "certificate", "Make an authority and a certificate for each host, for tests of TLS. Real hosts deserve real ones.")
        {
            directory,
            names,
            days,
        };
        command.SetAction(parsed =>
        {
            var path = Path.GetFullPath(RunArguments.NotEmpty(parsed.GetRequiredValue(directory), "--out")!, environment.Directory);
            var certificates = TestCertificates.Create(
                path, parsed.GetValue(names)!, environment.Time.GetUtcNow(), TimeSpan.FromDays(Math.Max(1, parsed.GetValue(days))));
            foreach (var file in certificates)
            {
                environment.Out.WriteLine(environment.Shown(file));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
