using System.CommandLine;
using FedActors.Host.Runs;
using FedActors.Host.Settings;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors run EXPERIMENT.conf</c></summary>
internal static class RunCommand
{
    public static Command Create(HostEnvironment environment, Option<bool> verbose)
    {
        var experiment = new Argument<string>("experiment")
        {
            Description = "The settings file of the experiment.",
            HelpName = "EXPERIMENT.conf",
        };
        var set = RunArguments.Set();
        var seed = new Option<string>("--seed") { Description = "Change the seed.", HelpName = "N" };
        var directory = new Option<string>("--out")
        {
            Description = "Folder of the results; an earlier run there is moved aside. Default: runs/<name>/<policy>-seed<N>.",
            HelpName = "DIR",
        };
        var workers = RunArguments.Workers();
        var taskThreads = RunArguments.TaskThreads();
        var command = new Command("run", "Run an experiment.") { experiment, set, seed, directory, workers, taskThreads };
        command.SetAction((parsed, _) =>
        {
            var settings = new SettingsReader(environment.Directory, environment.Variable).Read(
                RunArguments.NotEmpty(parsed.GetRequiredValue(experiment), "The name of the settings file"),
                parsed.GetValue(set) ?? [],
                parsed.GetValue(seed));
            var options = new SessionOptions(parsed.GetValue(workers), parsed.GetValue(taskThreads), parsed.GetValue(verbose));
            return new RunSession(environment, options).StartAsync(settings, RunArguments.NotEmpty(parsed.GetValue(directory), "--out"));
        });
        return command;
    }
}
