using System.Diagnostics;
using FedActors.Host.Tests.Cluster;

namespace FedActors.ClusterBench.Faults;

/// <summary>A cluster that trains a small network, and the same run in one process to compare it with.</summary>
internal static class FaultCluster
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>For the rounds that are left after the last fault, of which a slow machine has many.</summary>
    public static readonly TimeSpan PatienceWithTheRest = TimeSpan.FromMinutes(20);

    /// <summary>Path of the program, beside this one.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "fedactors.dll");

    /// <summary>The experiment: twenty devices with slow ones among them, in virtual time.</summary>
    public static string Experiment(int rounds) => $$"""
        fedactors {
          name = faults
          rounds = {{rounds}}
          network = cnn
          data { clients = 20, samples-per-client = 40 }
          training.epochs = 2
          selection.per-round = 6
          devices.slow.latency = 5 rounds
          evaluation.every = 5 rounds
          journal.interval = 0s
        }
        """;

    public static TestCluster Create(string directory, int rounds, params string[] hosts)
    {
        Directory.CreateDirectory(directory);
        return new TestCluster(Program, directory, Experiment(rounds), hosts)
        {
            // As shipped, where TestCluster hurries for tests.
            Engine = "akka.cluster { seed-node-timeout = 3s, retry-unsuccessful-join-after = 2s }",
        };
    }

    /// <summary>The model that one process ends with.</summary>
    public static async Task<byte[]> ModelOfOneProcessAsync(string directory, int rounds)
    {
        var file = Path.Combine(directory, "one.conf");
        await File.WriteAllTextAsync(file, Experiment(rounds));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "run", file, "--out", "one"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return await File.ReadAllBytesAsync(Path.Combine(directory, "one", "model.safetensors"));
    }

    public static string NewDirectory() => Directory.CreateTempSubdirectory("fedactors-bench-").FullName;
}
