using System.CommandLine;
using FedActors.Host.Comparison;
using FedActors.Host.Errors;
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
        var stages = new Option<string>("--at")
        {
            Description = "Evaluated rounds of which the tables tell, with commas in between. Default: each quarter of the way.",
            HelpName = "60,100",
        };
        var goals = new Option<string>("--goals")
        {
            Description = "Accuracies in percent, with commas in between, of which is told when they were reached. Default: 50,80,90.",
            HelpName = "80,90",
        };
        var set = RunArguments.Set();
        var directory = new Option<string>("--out")
        {
            Description = "Folder that gets a folder for each run, compare.md, compare.json and report.html. Default: runs/<name>.",
            HelpName = "DIR",
        };
        var parallel = RunArguments.Parallel();
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
            stages,
            goals,
            set,
            directory,
            parallel,
            workers,
            taskThreads,
        };
        command.SetAction((parsed, _) =>
        {
            var request = new ComparisonRequest
            {
                Experiment = RunArguments.NotEmpty(parsed.GetRequiredValue(experiment), "The name of the settings file"),
                Overrides = parsed.GetValue(set) ?? [],
                Policies = parsed.GetValue(policies),
                Seeds = parsed.GetValue(seeds),
                Stages = parsed.GetValue(stages),
                Goals = parsed.GetValue(goals),
                Directory = RunArguments.NotEmpty(parsed.GetValue(directory), "--out"),
            };
            var session = new SessionOptions(parsed.GetValue(workers), parsed.GetValue(taskThreads), parsed.GetValue(verbose));
            return RunAsync(request, new ComparisonOptions(session) { Parallel = parsed.GetValue(parallel) }, environment);
        });
        return command;
    }

    private static async Task<int> RunAsync(ComparisonRequest request, ComparisonOptions options, HostEnvironment environment)
    {
        var plan = ComparisonPlan.Create(request, environment);
        if (await new ComparisonSession(environment, options).RunAsync(plan) is not { } report)
        {
            return ExitCode.Interrupted;
        }

        ComparisonView.Show(ComparisonTables.Of(report), environment);
        new ComparisonNarration(environment, plan).End();
        return ExitCode.Done;
    }
}
