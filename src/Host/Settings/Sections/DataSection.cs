using FedActors.Actors.Settings;
using FedActors.Models.Data;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.data</c>.</summary>
internal static class DataSection
{
    private const string Automatic = "auto";

    private static readonly SettingKind<string> Set = SettingKinds.Choice(DataSetCatalogue.Names);

    private static readonly SettingKind<PartitionKind> Partition = SettingKinds.Choice(
        ("iid", PartitionKind.Iid), ("label-sorted", PartitionKind.LabelSorted), ("dirichlet", PartitionKind.Dirichlet));

    private static readonly SettingKind<int?> Samples = SettingKinds.OrWord("all", SettingKinds.Integer(1));

    /// <summary>Reads the section. A path of <c>auto</c> becomes null.</summary>
    public static DataSettings Read(SectionReader section)
    {
        var path = section.Read("path", SettingKinds.Text);
        return new DataSettings(
            section.Read("set", Set),
            path == Automatic ? null : path,
            section.Read("partition", Partition),
            section.Read("alpha", SettingKinds.Positive),
            section.Read("clients", SettingKinds.Integer(1)),
            section.Read("samples-per-client", Samples));
    }
}
