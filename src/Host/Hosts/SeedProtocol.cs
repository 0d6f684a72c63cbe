using Akka.Configuration;

namespace FedActors.Host.Hosts;

/// <summary>
/// Gives the seeds of a cluster the protocol that its hosts speak. Akka's addresses begin with <c>akka.ssl.tcp</c> where
/// connections are encrypted and with <c>akka.tcp</c> where not, and seeds that are written the other way are never found.
/// </summary>
internal static class SeedProtocol
{
    private const string Plain = "akka.tcp://";
    private const string Encrypted = "akka.ssl.tcp://";
    private const string Seeds = "akka.cluster.seed-nodes";

    /// <summary>The settings, with seeds that fit to <c>akka.remote.dot-netty.tcp.enable-ssl</c>.</summary>
    /// <param name="engine">The actor system's settings.</param>
    public static Config Align(Config engine)
    {
        var (right, wrong) = engine.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl", false) ? (Encrypted, Plain) : (Plain, Encrypted);
        var seeds = engine.GetStringList(Seeds, []);
        return seeds.Any(seed => seed.StartsWith(wrong, StringComparison.Ordinal))
            ? ConfigurationFactory.ParseString($"{Seeds} = [{string.Join(", ", seeds.Select(seed => $"\"{Fit(seed)}\""))}]").WithFallback(engine)
            : engine;

        string Fit(string seed) => seed.StartsWith(wrong, StringComparison.Ordinal) ? right + seed[wrong.Length..] : seed;
    }
}
