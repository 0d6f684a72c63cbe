using System.Globalization;
using BenchmarkDotNet.Attributes;
using FedActors.Models.Bench.Workloads;

namespace FedActors.Models.Bench.Suites;

/// <summary>One step of local training on a batch.</summary>
public class TrainingStepSuite : WorkloadSuite
{
    [Params("lenet5 32", "lenet5 128", "resnet8 32")]
    public string Batch { get; set; } = "";

    private protected override IWorkload Prepare()
    {
        var parts = Batch.Split(' ');
        return new LocalUpdateWork(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), steps: 1);
    }
}
