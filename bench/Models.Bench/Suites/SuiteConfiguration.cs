using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace FedActors.Models.Bench.Suites;

/// <summary>How BenchmarkDotNet runs the suites.</summary>
public sealed class SuiteConfiguration : ManualConfig
{
    /// <summary>Suites run in this process: a project generated for each would need half a gigabyte of libraries of its own.</summary>
    public SuiteConfiguration()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
