using Akka.Configuration;
using FedActors.Host.Hosts;

namespace FedActors.Host.Tests.Hosts;

public sealed class SeedsTests
{
    private const string Own = "akka.tcp://fedactors@127.0.0.1:4053";
    private const string Other = "akka.tcp://fedactors@127.0.0.1:4054";

    [Fact]
    public void A_host_that_was_put_out_looks_for_the_others_only() => Assert.Equal([Other], After(Own, Other));

    [Fact]
    public void A_host_that_is_no_seed_keeps_them() => Assert.Equal([Other], After(Other));

    [Fact]
    public void A_host_that_is_the_only_seed_keeps_itself() => Assert.Equal([Own], After(Own));

    [Fact]
    public void Seeds_get_the_protocol_of_encrypted_connections()
    {
        var engine = Seeds.Align(Settings(Own).WithFallback("akka.remote.dot-netty.tcp.enable-ssl = on"));

        Assert.Equal(["akka.ssl.tcp://fedactors@127.0.0.1:4053"], Read(engine));
    }

    private static IList<string> After(params string[] seeds) => Read(Seeds.WithoutOwn(Settings(seeds), Own));

    private static Config Settings(params string[] seeds) =>
        ConfigurationFactory.ParseString($"akka.cluster.seed-nodes = [{string.Join(", ", seeds.Select(seed => $"\"{seed}\""))}]");

    private static IList<string> Read(Config engine) => engine.GetStringList("akka.cluster.seed-nodes");
}
