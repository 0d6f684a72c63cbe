using Akka.Actor;
using FedActors.Host.Hosts;

namespace FedActors.Host.Tests.Hosts;

public sealed class ClusterWatcherTests
{
    [Fact]
    public void A_host_that_is_not_let_in_names_the_other_seeds()
    {
        Assert.Equal(
            "Still looking for the cluster: none of one:4053, two:4054 has let this host in.",
            ClusterWatcher.Search([Seed("one", 4053), Seed("two", 4054), Seed("self", 4055)], Seed("self", 4055)));
    }

    [Fact]
    public void A_host_that_is_its_only_seed_names_none()
    {
        Assert.Contains(
            "no other host is named", ClusterWatcher.Search([Seed("self", 4055)], Seed("self", 4055)), StringComparison.Ordinal);
    }

    private static Address Seed(string host, int port) => new("akka.tcp", "fedactors", host, port);
}
