using FedActors.Actors.Settings;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.selection</c>.</summary>
internal static class SelectionSection
{
    private static readonly SettingKind<SelectionPolicy> Policy = SettingKinds.Choice(
        ("round-robin", SelectionPolicy.RoundRobin), ("random", SelectionPolicy.Random), ("available", SelectionPolicy.Available));

    public static SelectionSettings Read(SectionReader section, int clients)
    {
        var perRound = section.Read("per-round", SettingKinds.Integer(1));
        if (perRound > clients)
        {
            section.Reject("per-round", $"must be at most the number of clients, which data.clients sets to {clients}");
        }

        return new SelectionSettings(section.Read("policy", Policy), perRound);
    }
}
