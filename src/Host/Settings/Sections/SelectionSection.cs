using FedActors.Actors.Settings;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.selection</c>.</summary>
internal static class SelectionSection
{
    private static readonly SettingKind<SelectionPolicy> Policy = SettingKinds.Choice(
        ("round-robin", SelectionPolicy.RoundRobin), ("random", SelectionPolicy.Random), ("available", SelectionPolicy.Available));

    private static readonly SettingKind<int?> Concurrency = SettingKinds.OrWord("none", SettingKinds.Integer(1));

    private static readonly SettingKind<double> OverSelection = SettingKinds.Number("a number of at least 1", value => value >= 1);

    public static SelectionSettings Read(SectionReader section, int clients)
    {
        var perRound = section.Read("per-round", SettingKinds.Integer(1));
        if (perRound > clients)
        {
            section.Reject("per-round", $"must be at most the number of clients, which data.clients sets to {clients}");
        }

        var concurrency = section.Read("concurrency", Concurrency);
        if (concurrency > clients)
        {
            section.Reject("concurrency", $"must be at most the number of clients, which data.clients sets to {clients}");
        }

        var settings = new SelectionSettings(
            section.Read("policy", Policy), perRound, concurrency, section.Read("over-selection", OverSelection));
        if (perRound <= clients && settings.Chosen > clients)
        {
            section.Reject("over-selection", $"would choose {settings.Chosen} clients a round, but data.clients is {clients}");
        }

        return settings;
    }
}
