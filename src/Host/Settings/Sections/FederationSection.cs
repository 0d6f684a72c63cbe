using System.Diagnostics.CodeAnalysis;
using FedActors.Actors.Settings;
using FedActors.Models.Networks;
using FedActors.Models.Tensors;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads what decides a run: all of <c>fedactors</c> but the downloads.</summary>
internal static class FederationSection
{
    private static readonly SettingKind<ClockMode> Clock = SettingKinds.Choice(("virtual", ClockMode.Virtual), ("wall", ClockMode.Wall));

    private static readonly SettingKind<string> Network = SettingKinds.Choice(NetworkCatalogue.Names);

    private static readonly SettingKind<string> Device = new TextKind<string>(
        "auto, cpu, cuda or cuda:N with the number of a CUDA device from 0",
        (string text, [MaybeNullWhen(false)] out string value) => TensorDevice.IsName(value = text));

    public static FederationSettings Read(SectionReader section)
    {
        var round = section.Read("round-duration", SettingKinds.Duration(least: TimeSpan.FromTicks(1)));
        var data = DataSection.Read(section.Section("data"));
        return new FederationSettings
        {
            Name = section.Read("name", SettingKinds.FolderName),
            Seed = section.Read("seed", SettingKinds.Seed),
            Rounds = section.Read("rounds", SettingKinds.Integer(1)),
            Clock = section.Read("clock", Clock),
            RoundDuration = round,
            Data = data,
            Network = section.Read("network", Network),
            Device = section.Read("device", Device),
            Training = TrainingSection.Read(section.Section("training")),
            Selection = SelectionSection.Read(section.Section("selection"), data.Clients),
            Cadence = CadenceSection.Read(section.Section("cadence"), round),
            Devices = DevicesSection.Read(section.Section("devices"), round, data.Clients),
            Staleness = StalenessSection.Read(section.Section("staleness")),
            Acceptance = AcceptanceSection.Read(section.Section("acceptance")),
            Aggregation = AggregationSection.Read(section.Section("aggregation")),
            Evaluation = EvaluationSection.Read(section.Section("evaluation")),
            Journal = JournalSection.Read(section.Section("journal")),
        };
    }
}
