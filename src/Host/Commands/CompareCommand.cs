using System.CommandLine;
using FedActors.Host.Comparison;
using FedActors.Host.Runs;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors compare EXPERIMENT.conf</c></summary>
internal static class CompareCommand
{
    public static Command Create(HostEnvironment environment, Option<bool> verbose)
    {
        var experiment = new Argument<string>("experiment")
        {
            Description = "The settings file of the experiment.",
            HelpName = "EXPERIMENT.conf",
        };
        var policies = new Option<string>("--policies")
        {
            Description = "Staleness policies to compare, with commas in between. Default: fresh, none, and that of the file.",
            HelpName = "A,B,C",
        };
        var seeds = new Option<string>("--seeds")
        {
            Description = "Seeds under which each policy runs, with commas in between. Default: that of the file.",
            HelpName = "1,2,3",
        };
        var set = RunArguments.Set();
        var directory = new Option<string>("--out")
        {
            Description = "Folder that gets a folder for each run, compare.md and compare.json. Default: runs/<name>.",
            HelpName = "DIR",
        };
        var workers = RunArguments.Workers();
        var taskThreads = RunArguments.TaskThreads();
        var command = new Command(
            "compare",
            "Run an experiment under several staleness policies and seeds, and lay the results side by side. Runs that are "
            + "there already under the same settings are used; one that was interrupted goes on.")
        {
            experiment,
            policies,
            seeds,
            set,
            directory,
            workers,
            taskThreads,
        };
        command.SetAction((parsed, _) =>
        {
            var request = new ComparisonRequest(
                RunArguments.NotEmpty(parsed.GetRequiredValue(experiment), "The name of the settings file")!,
                parsed.GetValue(set) ?? [],
                parsed.GetValue(policies),
                parsed.GetValue(seeds),
                RunArguments.NotEmpty(parsed.GetValue(directory), "--out"));
            var options = new SessionOptions(parsed.GetValue(workers), parsed.GetValue(taskThreads), parsed.GetValue(verbose));
            return new ComparisonSession(environment, options).RunAsync(ComparisonPlan.Create(request, environment));
        });
        return command;
    }
}
