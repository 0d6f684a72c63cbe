using FedActors.Actors.Hosting;

namespace FedActors.Actors.Tests.Hosting;

public sealed class SettingsManifestTests
{
    private static readonly SettingsManifest Here = Of(("network", "cnn"), ("training.learning-rate", "0.05"));

    [Fact]
    public void Equal_settings_have_no_differences_also_after_a_journey()
    {
        Assert.Empty(Here.Differences(SettingsManifest.Parse(Here.Lines)));
    }

    [Fact]
    public void Each_difference_names_the_key_and_both_values()
    {
        var differences = Here.Differences(Of(("network", "mlp"), ("seed", "3")));

        Assert.Equal(
            [
                "network is 'mlp' on the host, but 'cnn' on the aggregator",
                "seed is '3' on the host, but not there on the aggregator",
                "training.learning-rate is not there on the host, but '0.05' on the aggregator",
            ],
            differences);
    }

    [Fact]
    public void A_value_may_hold_what_separates_keys_from_values()
    {
        var manifest = Of(("name", "a = b"));

        Assert.Empty(manifest.Differences(SettingsManifest.Parse(manifest.Lines)));
    }

    private static SettingsManifest Of(params (string Key, string Value)[] values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
}
