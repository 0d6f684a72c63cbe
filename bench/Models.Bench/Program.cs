using BenchmarkDotNet.Running;
using FedActors.Models.Bench.Suites;

BenchmarkSwitcher.FromAssembly(typeof(SuiteConfiguration).Assembly).Run(args, new SuiteConfiguration());
