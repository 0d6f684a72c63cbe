using BenchmarkDotNet.Attributes;
using FedActors.Models.Bench.Workloads;

namespace FedActors.Models.Bench.Suites;

/// <summary>An iteration of gradient inversion through five steps of <c>cnn</c>.</summary>
public class InversionIterationSuite : WorkloadSuite
{
    [Params(32, 64)]
    public int Images { get; set; }

    private protected override IWorkload Prepare() => new InversionWork("cnn", Images, steps: 5);
}
