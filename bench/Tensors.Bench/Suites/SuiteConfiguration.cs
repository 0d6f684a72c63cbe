using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace FedActors.Tensors.Bench.Suites;

/// <summary>How BenchmarkDotNet runs the suites.</summary>
public sealed class SuiteConfiguration : ManualConfig
{
    /// <summary>
    /// Suites run in this process: the project that BenchmarkDotNet would generate and build for each of them
    /// knows nothing of the switches that chose between genuine packages and stand-ins.
    /// </summary>
    public SuiteConfiguration()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
