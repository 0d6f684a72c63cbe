using FedActors.Actors.Hosting;
using FedActors.Host.Hosts;
using FedActors.Host.Runs;
using FedActors.Host.Settings;

namespace FedActors.Host.Tests.Hosts;

public sealed class ManifestTests
{
    [Fact]
    public void Hosts_compare_the_kind_of_their_device_and_not_its_name()
    {
        Assert.Empty(Of("device=auto").Differences(Of("device=cpu")));
        Assert.Contains("device = cpu", Of("device=auto").Lines);
    }

    [Fact]
    public void Hosts_of_another_kind_hear_that_it_is_the_device()
    {
        var ours = Of("device=cpu");
        var theirs = SettingsManifest.Parse(ours.Lines.Select(line => line.Replace("device = cpu", "device = cuda", StringComparison.Ordinal)));

        Assert.Equal(["device is 'cuda' on the host, but 'cpu' on the aggregator"], ours.Differences(theirs));
    }

    private static SettingsManifest Of(string change)
    {
        var settings = new SettingsReader(".", _ => null).Read(null, [change, "data.clients=10"]);
        return Manifest.Of(settings, RunPlanning.Create(settings, RunPlanning.Load(settings)));
    }
}
