using BenchmarkDotNet.Running;
using FedActors.Tensors.Bench.Peers;
using FedActors.Tensors.Bench.Suites;

// "peers" compares with PyTorch in a minute or two; everything else is for BenchmarkDotNet, for example "--filter *Step*".
if (args is ["peers", .. var rest])
{
    if (PeerOptions.Parse(rest) is { } options)
    {
        return Comparison.Run(options, Console.Out);
    }

    Console.Error.WriteLine($"Usage: {PeerOptions.Usage}");
    return 1;
}

BenchmarkSwitcher.FromAssembly(typeof(SuiteConfiguration).Assembly).Run(args, new SuiteConfiguration());
return 0;
