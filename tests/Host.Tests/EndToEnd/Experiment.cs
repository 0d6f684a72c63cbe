using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.EndToEnd;

/// <summary>A run that takes a second or two and has everything in it: slow devices, crashes, absences, checkpoints.</summary>
internal static class Experiment
{
    public const string File = "small.conf";

    public const int Rounds = 20;

    public static IEnumerable<int> EvaluatedRounds { get; } = Enumerable.Range(1, Rounds / 2).Select(index => 2 * index);

    public static void Write(TestHost host) => host.Write(File, $$"""
        fedactors {
          name = small
          rounds = {{Rounds}}
          network = mlp
          data {
            clients = 20
            samples-per-client = 20
          }
          training.epochs = 2
          selection.per-round = 4
          devices {
            slow.latency = 5 rounds
            dropout {
              crash = 0.1
              offline = 0.1
              min-backoff = 1ms
            }
          }
          staleness.policy = exponential
          evaluation.every = 2 rounds
          journal.interval = 0s
        }
        """);

    public static byte[] Model(TestHost host, string directory) =>
        System.IO.File.ReadAllBytes(host.PathOf(directory, "model.safetensors"));
}
