using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Guards;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.staleness.gradient-inversion</c>.</summary>
internal static class InversionSection
{
    private static readonly SettingKind<Disparity> Measure = SettingKinds.Choice(
        ("l1", Disparity.L1), ("l2", Disparity.L2), ("cosine", Disparity.Cosine));

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="fallbacks">The policies that may treat what is not converted.</param>
    public static GradientInversion Read(SectionReader section, IEnumerable<IStalenessPolicy> fallbacks)
    {
        var fallback = SettingKinds.Choice(fallbacks.Select(policy => (policy.Name, policy)).ToArray());
        return new GradientInversion
        {
            Recipe = new InversionRecipe
            {
                Images = section.Read("images", SettingKinds.Integer(1)),
                Disparity = section.Read("disparity", Measure),
                Keep = section.Read("keep", SettingKinds.Share),
                EveryBatch = section.Read("every-batch", SettingKinds.Switch),
                Cold = ReadSchedule(section.Section("cold")),
                Warm = ReadSchedule(section.Section("warm")),
            },
            MinStaleness = section.Read("min-staleness", SettingKinds.Integer(1)),
            Uniqueness = ReadUniqueness(section.Section("uniqueness")),
            SwitchBack = ReadSwitchBack(section.Section("switch-back")),
            Budget = section.Read("budget", SettingKinds.Duration(least: TimeSpan.FromTicks(1))),
            Fallback = section.Read("fallback", fallback),
        };
    }

    private static InversionSchedule ReadSchedule(SectionReader section) => new(
        section.Read("iterations", SettingKinds.Integer(1)),
        section.Read("rate", SettingKinds.Positive),
        section.Read("patience", SettingKinds.Integer(1)),
        section.Read("progress", SettingKinds.Fraction));

    private static UniquenessGuard? ReadUniqueness(SectionReader section)
    {
        var guard = new UniquenessGuard
        {
            Window = section.Read("window", SettingKinds.Integer(0)),
            Quantile = section.Read("quantile", SettingKinds.Share),
            Margin = section.Read("margin", SettingKinds.Positive),
            MinNeighbours = section.Read("min-neighbours", SettingKinds.Integer(2)),
        };
        return section.Read("enabled", SettingKinds.Switch) ? guard : null;
    }

    private static SwitchBackGuard? ReadSwitchBack(SectionReader section)
    {
        var guard = new SwitchBackGuard
        {
            Window = section.Read("window", SettingKinds.Integer(1)),
            MinComparisons = section.Read("min-comparisons", SettingKinds.Integer(3)),
            Over = section.Read("over", SettingKinds.Integer(1)),
        };
        return section.Read("enabled", SettingKinds.Switch) ? guard : null;
    }
}
