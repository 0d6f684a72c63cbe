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
        "Threads that one training or evaluation task may use. The stand-in gives the same bits with any number; libtorch may not. Default: 1.",
        1);

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
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens is not [var token])
            {
                return;
            }

            if (!int.TryParse(token.Value, out var threads) || threads < 1)
            {
                result.AddError($"{name} is '{token.Value}', but must be a whole number of at least 1.");
            }
        });
        return option;
    }
}
