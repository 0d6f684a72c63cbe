using FedActors.ClusterBench.Faults;
using FedActors.ClusterBench.Loads;

// Measures a cluster of real processes on this machine: how it takes faults, and what it carries.
var repetitions = args is [_, var given] && int.TryParse(given, out var number) ? number : 10;
switch (args.FirstOrDefault())
{
    case "client-kills":
        await ClientKills.MeasureAsync(repetitions);
        break;
    case "aggregator-kills":
        await AggregatorKills.MeasureAsync(repetitions);
        break;
    case "partitions":
        await Partitions.MeasureAsync(repetitions);
        break;
    case "transfer":
        await TransferLoad.MeasureAsync(repetitions);
        break;
    case "channel-fuzz":
        await ChannelFuzz.RunAsync(1000 * repetitions);
        break;
    case "updates":
        await UpdateLoad.SmallAsync(100 * repetitions);
        break;
    case "crowd":
        await UpdateLoad.CrowdAsync(repetitions);
        break;
    case "large-updates":
        await UpdateLoad.LargeAsync(repetitions);
        break;
    case DeviceProcess.Verb:
        await DeviceProcess.RunAsync(args[1..]);
        break;
    case PeerProcess.Verb:
        await PeerProcess.RunAsync(args[1..]);
        break;
    default:
        Console.WriteLine("client-kills [N] | aggregator-kills [N] | partitions [N] | transfer [N] | channel-fuzz [THOUSANDS] | updates [HUNDREDS] | crowd [ROUNDS] | large-updates [N]");
        break;
}
