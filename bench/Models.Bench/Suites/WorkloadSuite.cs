using BenchmarkDotNet.Attributes;
using FedActors.Models.Bench.Workloads;

namespace FedActors.Models.Bench.Suites;

/// <summary>A suite of one benchmark: run a piece of work that is prepared once.</summary>
public abstract class WorkloadSuite
{
    private IWorkload? _work;

    [GlobalSetup]
    public void SetUp() => _work = Prepare();

    [Benchmark]
    public void Run() => _work!.Run();

    private protected abstract IWorkload Prepare();
}
