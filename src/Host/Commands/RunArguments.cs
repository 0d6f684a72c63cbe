using System.CommandLine;
using FedActors.Host.Errors;

namespace FedActors.Host.Commands;

/// <summary>Options that several commands share.</summary>
internal static class RunArguments
{
    /// <summary><c>--set key=value</c>, any number of times.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Change a setting, such as rounds=20 or devices.slow.latency='20 rounds'. May be given many times.",
        HelpName = "key=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary><c>--workers N</c>.</summary>
    public static Option<int> Workers() => Threads(
        "--workers",
        "Threads for training and evaluation. The result does not depend on it. Default: one for each processor.",
        Environment.ProcessorCount);

    /// <summary><c>--task-threads N</c>.</summary>
    public static Option<int> TaskThreads() => Threads(
        "--task-threads",
        "Threads that one training or evaluation task may use. Another number may round otherwise. Default: 1.",
        1);

    /// <summary><c>--parallel N</c>.</summary>
    public static Option<int?> Parallel()
    {
        var option = new Option<int?>("--parallel")
        {
            Description = "Runs that go on side by side, on the same workers. Default: one for each worker, at most 16; on the "
                + "wall clock, one.",
            HelpName = "N",
        };
        RequireCount(option);
        return option;
    }

    /// <summary>Rejects a text that is empty, which a shell makes of a variable that isn't set.</summary>
    public static string? NotEmpty(string? text, string name) =>
        text is "" ? throw new UsageException($"{name} is empty.") : text;

    private static Option<int> Threads(string name, string description, int defaultValue)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => defaultValue,
        };
        RequireCount(option);
        return option;
    }

    private static void RequireCount(Option option) => option.Validators.Add(result =>
    {
        if (result.Errors.Any() || result.Tokens is not [var token])
        {
            return;
        }

        if (!int.TryParse(token.Value, out var count) || count < 1)
        {
            result.AddError($"{option.Name} is '{token.Value}', but must be a whole number of at least 1.");
        }
    });
}
