using FedActors.Actors.Settings;
using FedActors.Models.Staleness;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.staleness</c>. The parameters of every policy are checked, not only those in use.</summary>
internal static class StalenessSection
{
    private static readonly SettingKind<double> Factor = SettingKinds.Number("a number from 0 to 1", value => value is >= 0 and <= 1);

    private static readonly SettingKind<DiscountTarget> Discount = SettingKinds.Choice(
        ("update", DiscountTarget.Update), ("weight", DiscountTarget.Weight));

    public static StalenessSettings Read(SectionReader section)
    {
        var hinge = section.Section("hinge");
        var simple = new IStalenessPolicy[]
        {
            new None(),
            new Drop(section.Section("drop").Read("limit", SettingKinds.Integer(0))),
            new Constant(section.Section("constant").Read("factor", Factor)),
            new Polynomial(section.Section("polynomial").Read("exponent", SettingKinds.NotNegative)),
            new Hinge(hinge.Read("slope", SettingKinds.NotNegative), hinge.Read("bound", SettingKinds.NotNegative)),
            new Exponential(section.Section("exponential").Read("half-life", SettingKinds.Positive)),
            new FirstOrder(section.Section("first-order").Read("lambda", SettingKinds.NotNegative)),
        };
        IStalenessPolicy[] policies =
        [
            new Fresh(),
            .. simple,
            new WeightPrediction(section.Section("weight-prediction").Read("window", SettingKinds.Integer(1))),
            new Tiers(section.Section("tiers").Read("count", SettingKinds.Integer(1))),
            InversionSection.Read(section.Section("gradient-inversion"), simple),
        ];
        var policy = SettingKinds.Choice(policies.Select(policy => (policy.Name, policy)).ToArray());
        return new StalenessSettings(section.Read("policy", policy), section.Read("discount", Discount));
    }
}
