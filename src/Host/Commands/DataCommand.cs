using System.CommandLine;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors data list | get | check</c></summary>
internal static class DataCommand
{
    public static Command Create(HostEnvironment environment) => new("data", "List, fetch and check data sets.")
    {
        List(environment),
        Get(environment),
        Check(environment),
    };

    private static Command List(HostEnvironment environment)
    {
        var command = new Command("list", "List the data sets, and where they are looked for.");
        command.SetAction((_, cancellation) => new DataListing(environment).ListAsync(cancellation));
        return command;
    }

    private static Command Get(HostEnvironment environment)
    {
        var name = new Argument<string>("name") { Description = "The data set, such as mnist.", HelpName = "NAME" };
        var to = new Option<string>("--to")
        {
            Description = "Folder that gets a folder of the set's name. Default: FEDACTORS_DATA, else ./data.",
            HelpName = "DIR",
        };
        var set = RunArguments.Set();
        var command = new Command("get", "Download a data set and check its hashes.") { name, to, set };
        command.SetAction((parsed, cancellation) => new DataFetching(environment).FetchAsync(
            parsed.GetRequiredValue(name), RunArguments.NotEmpty(parsed.GetValue(to), "--to"), parsed.GetValue(set) ?? [], cancellation));
        return command;
    }

    private static Command Check(HostEnvironment environment)
    {
        var directory = new Argument<string>("dir") { Description = "The folder to check.", HelpName = "DIR" };
        var command = new Command("check", "Read and verify every data file in a folder.") { directory };
        command.SetAction((parsed, cancellation) =>
            new DataListing(environment).CheckAsync(parsed.GetRequiredValue(directory), cancellation));
        return command;
    }
}
