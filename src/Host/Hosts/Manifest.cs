using System.Security.Cryptography;
using FedActors.Actors.Federation;
using FedActors.Actors.Hosting;
using FedActors.Host.Settings;
using FedActors.Models.Data;

namespace FedActors.Host.Hosts;

/// <summary>
/// What hosts compare before they work together: every setting but those of a single host, the layout of the model, the
/// data as they were read, and the fingerprint of the run.
/// </summary>
internal static class Manifest
{
    private const string Device = "device";

    // Where a host finds its files is its own affair, and which of its devices it computes on; what is in them is compared,
    // and of what kind the device is.
    private static readonly string[] OwnAffairs = ["data.path", "devices.trace", Device];

    public static SettingsManifest Of(HostSettings settings, FederationPlan plan)
    {
        var product = SettingsText.Read(settings.Resolved, "config.conf", ".", _ => null).Section(SettingPath.Product);
        var values = Flatten("", product).Where(pair => !OwnAffairs.Contains(pair.Key)).ToList();
        values.Add(KeyValuePair.Create(Device, plan.Device.Kind));
        values.Add(KeyValuePair.Create("layout", plan.Network.Layout.Fingerprint));
        values.Add(KeyValuePair.Create("training images", HashOf(plan.Data.Training)));
        values.Add(KeyValuePair.Create("fingerprint", plan.Fingerprint));
        return new SettingsManifest(values);
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string path, SettingNode node) => node switch
    {
        SettingSection section => section.Children.SelectMany(child => Flatten(SettingPath.Append(path, child.Key), child.Value)),
        SettingList list => [KeyValuePair.Create(path, string.Join(", ", list.Items.SelectMany(item => Flatten("", item)).Select(item => item.Value)))],
        SettingText text => [KeyValuePair.Create(path, text.Text ?? "null")],
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static string HashOf(ImageSet images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(images.ClassLabels);
        for (var index = 0; index < images.Count; index++)
        {
            hash.AppendData(images.Pixels(index));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
