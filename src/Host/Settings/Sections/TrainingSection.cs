using FedActors.Models.Training;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.training</c>.</summary>
internal static class TrainingSection
{
    private static readonly SettingKind<int?> BatchSize = SettingKinds.OrWord("full", SettingKinds.Integer(1));

    public static TrainingRecipe Read(SectionReader section) => new(
        section.Read("epochs", SettingKinds.Integer(1)),
        section.Read("batch-size", BatchSize),
        section.Read("learning-rate", SettingKinds.Positive),
        section.Read("momentum", SettingKinds.Fraction),
        section.Read("proximal", SettingKinds.NotNegative));
}
