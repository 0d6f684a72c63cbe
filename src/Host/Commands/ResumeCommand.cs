using System.CommandLine;
using FedActors.Host.Runs;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors resume RUN-DIR</c></summary>
internal static class ResumeCommand
{
    public static Command Create(HostEnvironment environment, Option<bool> verbose)
    {
        var directory = new Argument<string>("run-dir") { Description = "The folder of a run that was interrupted.", HelpName = "RUN-DIR" };
        var workers = RunArguments.Workers();
        var taskThreads = RunArguments.TaskThreads();
        var command = new Command("resume", "Go on with an interrupted run. In virtual time it ends as if it had never been interrupted.")
        {
            directory,
            workers,
            taskThreads,
        };
        command.SetAction((parsed, _) =>
        {
            var options = new SessionOptions(parsed.GetValue(workers), parsed.GetValue(taskThreads), parsed.GetValue(verbose));
            return new RunSession(environment, options).ResumeAsync(parsed.GetRequiredValue(directory));
        });
        return command;
    }
}
