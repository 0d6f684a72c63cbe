using FedActors.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedActors.Models.Bench.Workloads;

/// <summary>One step of stochastic gradient descent as a TorchSharp program writes it.</summary>
internal sealed class TrainingStepWork : IWorkload
{
    private readonly INetwork _network;
    private readonly Tensor _inputs;
    private readonly Tensor _labels;
    private readonly Parameter[] _parameters;
    private readonly optim.Optimizer _optimizer;

    public TrainingStepWork(string network, int images)
    {
        set_num_threads(1);
        _network = NetworkCatalogue.Get(network);
        var samples = Samples.For(_network, images);
        var all = Samples.All(samples);
        _inputs = samples.Inputs(all);
        _labels = samples.Labels(all);
        var start = ParameterTensors.Split(_network.Layout, _network.Initialize(seed: 1));
        _parameters = [.. start.Select(values => new Parameter(values))];

        // So small a rate that thousands of steps leave the network much as it is.
        _optimizer = optim.SGD(_parameters, 0.001);
    }

    public void Run()
    {
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        nn.functional.cross_entropy(_network.Forward(_parameters, _inputs), _labels).backward();
        _optimizer.step();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
        foreach (var parameter in _parameters)
        {
            parameter.Dispose();
        }
    }
}
