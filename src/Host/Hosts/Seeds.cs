using Akka.Configuration;

namespace FedActors.Host.Hosts;

/// <summary>The hosts through which a host finds the cluster: <c>akka.cluster.seed-nodes</c>.</summary>
internal static class Seeds
{
    /// <summary>The setting that lists them.</summary>
    public const string Key = "akka.cluster.seed-nodes";

    private const string Plain = "akka.tcp://";
    private const string Encrypted = "akka.ssl.tcp://";

    /// <summary>
    /// Gives the seeds the protocol that the hosts speak. Akka's addresses begin with <c>akka.ssl.tcp</c> where connections are
    /// encrypted and with <c>akka.tcp</c> where not, and seeds that are written the other way are never found.
    /// </summary>
    /// <param name="engine">The actor system's settings.</param>
    /// <returns>The settings, with seeds that fit to <c>akka.remote.dot-netty.tcp.enable-ssl</c>.</returns>
    public static Config Align(Config engine)
    {
        var (right, wrong) = engine.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl", false) ? (Encrypted, Plain) : (Plain, Encrypted);
        var seeds = engine.GetStringList(Key, []);
        return seeds.Any(seed => seed.StartsWith(wrong, StringComparison.Ordinal)) ? With(engine, seeds.Select(Fit)) : engine;

        string Fit(string seed) => seed.StartsWith(wrong, StringComparison.Ordinal) ? right + seed[wrong.Length..] : seed;
    }

    /// <summary>
    /// Leaves out the host itself, where there are others. The first of the seeds begins a cluster when it finds none, which a
    /// host must not do that the others have put out: it would have a run of its own, and never come back to theirs.
    /// </summary>
    /// <param name="engine">The actor system's settings.</param>
    /// <param name="own">The host's address.</param>
    public static Config WithoutOwn(Config engine, string own)
    {
        var seeds = engine.GetStringList(Key, []);
        var others = seeds.Where(seed => seed != own).ToList();
        return others.Count > 0 && others.Count < seeds.Count ? With(engine, others) : engine;
    }

    private static Config With(Config engine, IEnumerable<string> seeds) =>
        ConfigurationFactory.ParseString($"{Key} = [{string.Join(", ", seeds.Select(seed => $"\"{seed}\""))}]").WithFallback(engine);
}
