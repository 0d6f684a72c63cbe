using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FedActors.Host.Commands;

/// <summary>Prints the ordinary help, then examples to copy.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] =
        [
            "",
            "run config/experiments/mnist-noniid.conf",
            "data get mnist",
        ],
        ["run"] =
        [
            "run config/experiments/mnist-iid.conf",
            "run config/demo.conf --set staleness.policy=none --seed 2",
            "run config/experiments/glyphs-dropout.conf --set devices.dropout.crash=0.2 --out runs/crashes --workers 1",
        ],
        ["compare"] =
        [
            "compare config/demo.conf --policies fresh,none,exponential,gradient-inversion",
            "compare config/demo.conf --policies none,exponential --seeds 1,2,3 --set rounds=100 --at 60,100 --goals 50,60 --out runs/short",
        ],
        ["resume"] = ["resume runs/mnist-noniid/none-seed1"],
        ["host"] =
        [
            "host config/hosts/aggregator.conf",
            "host config/hosts/client-a.conf",
            "host config/hosts/client-b.conf",
        ],
        ["data"] = ["data list", "data get mnist --to data", "data check data"],
        ["get"] = ["data get mnist", "data get mnist --to /srv/data"],
        ["check"] = ["data check data"],
        ["config"] = ["config show config/demo.conf --set rounds=20", "config reference"],
        ["show"] = ["config show config/demo.conf --set rounds=20"],
    };

    private readonly HelpAction _help;

    public HelpWithExamples(HelpAction help)
    {
        _help = help;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = _help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        if (Examples.TryGetValue(command is RootCommand ? "" : command.Name, out var examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {CommandName.Current} {example}".TrimEnd());
            }
        }

        return result;
    }
}
