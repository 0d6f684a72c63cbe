using BenchmarkDotNet.Attributes;
using FedActors.Models.Bench.Workloads;

namespace FedActors.Models.Bench.Suites;

/// <summary>Ten iterations of gradient inversion through five steps of <c>cnn</c>.</summary>
public class InversionSuite : WorkloadSuite
{
    [Params(16, 32, 64)]
    public int Images { get; set; }

    private protected override IWorkload Prepare() => new InversionWork("cnn", Images, steps: 5, iterations: 10);
}
