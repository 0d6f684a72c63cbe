using BenchmarkDotNet.Attributes;
using FedActors.Models.Bench.Workloads;

namespace FedActors.Models.Bench.Suites;

/// <summary>A step of stochastic gradient descent.</summary>
public class TrainingStepSuite : WorkloadSuite
{
    [Params("lenet5 32", "lenet5 128", "resnet8 32", "cnn 100", "cnn 600")]
    public string Batch { get; set; } = "";

    private protected override IWorkload Prepare()
    {
        var parts = Batch.Split(' ');
        return new TrainingStepWork(parts[0], int.Parse(parts[1]));
    }
}
