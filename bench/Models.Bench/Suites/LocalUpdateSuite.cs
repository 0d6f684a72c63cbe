using BenchmarkDotNet.Attributes;
using FedActors.Models.Bench.Workloads;

namespace FedActors.Models.Bench.Suites;

/// <summary>A client's local update of <c>cnn</c>: five full-batch steps.</summary>
public class LocalUpdateSuite : WorkloadSuite
{
    [Params(100, 600)]
    public int Images { get; set; }

    private protected override IWorkload Prepare() => new LocalUpdateWork("cnn", Images, steps: 5);
}
