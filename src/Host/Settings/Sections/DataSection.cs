using System.Globalization;
using FedActors.Actors.Settings;
using FedActors.Models.Data;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.data</c>.</summary>
internal static class DataSection
{
    private const string Automatic = "auto";
    private const string NoDrift = "none";

    private static readonly SettingKind<string> Set = SettingKinds.Choice(DataSetCatalogue.Names);

    private static readonly SettingKind<string> Second = SettingKinds.Choice([NoDrift, DriftSettings.Inverted, .. DataSetCatalogue.Names]);

    private static readonly SettingKind<int> Rotation = SettingKinds.Choice(
        InvertedDomain.Rotations.Select(degrees => (degrees.ToString(CultureInfo.InvariantCulture), degrees)).ToArray());

    private static readonly SettingKind<PartitionKind> Partition = SettingKinds.Choice(
        ("iid", PartitionKind.Iid), ("label-sorted", PartitionKind.LabelSorted), ("dirichlet", PartitionKind.Dirichlet));

    private static readonly SettingKind<int?> Samples = SettingKinds.OrWord("all", SettingKinds.Integer(1));

    /// <summary>Reads the section. A path of <c>auto</c> becomes null.</summary>
    public static DataSettings Read(SectionReader section)
    {
        var path = section.Read("path", SettingKinds.Text);
        var set = section.Read("set", Set);
        return new DataSettings(
            set,
            path == Automatic ? null : path,
            section.Read("partition", Partition),
            section.Read("alpha", SettingKinds.Positive),
            section.Read("clients", SettingKinds.Integer(1)),
            section.Read("samples-per-client", Samples))
        {
            Drift = ReadDrift(section.Section("drift"), set),
        };
    }

    /// <summary>Reads the drift. A set of <c>none</c> becomes null.</summary>
    private static DriftSettings? ReadDrift(SectionReader section, string first)
    {
        var drift = new DriftSettings(
            section.Read("set", Second), section.Read("rate", SettingKinds.Positive), section.Read("rotation", Rotation));
        if (drift.Set == first)
        {
            section.Reject("set", "images can't drift to the set that they are from, which is data.set");
        }

        return drift.Set == NoDrift ? null : drift;
    }
}
