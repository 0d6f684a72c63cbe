using FedActors.Actors.Settings;
using FedActors.Models.Aggregation;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.aggregation</c>. The parameters of every choice are checked, not only those in use.</summary>
internal static class AggregationSection
{
    private const double PlainRate = 1;
    private const double AdaptiveRate = 0.01;

    private static readonly SettingKind<double> Trim = SettingKinds.Number(
        "a number of at least 0 and below 0.5", value => value is >= 0 and < 0.5);

    private static readonly SettingKind<ContributionKind> Contribution = SettingKinds.Choice(
        ("updates", ContributionKind.Updates), ("models", ContributionKind.Models));

    private static readonly SettingKind<double?> Rate = SettingKinds.OrWord("auto", SettingKinds.Positive);

    public static AggregationSettings Read(SectionReader section)
    {
        var rules = new IAggregationRule[]
        {
            new MeanRule(),
            new SampleWeightedMeanRule(),
            new CoordinateMedianRule(),
            new TrimmedMeanRule(section.Read("trim", Trim)),
        };
        var rule = SettingKinds.Choice(rules.Select(rule => (rule.Name, rule)).ToArray());
        var optimizers = ReadServer(section.Section("server"));
        var optimizer = SettingKinds.Choice(optimizers.Select(optimizer => (optimizer.Name, optimizer)).ToArray());
        return new AggregationSettings(
            section.Read("rule", rule), section.Read("server-optimizer", optimizer), section.Read("of", Contribution));
    }

    private static IServerOptimizer[] ReadServer(SectionReader section)
    {
        var rate = section.Read("rate", Rate);
        var momentum = section.Read("momentum", SettingKinds.Fraction);
        var first = section.Read("first-decay", SettingKinds.Fraction);
        var second = section.Read("second-decay", SettingKinds.Fraction);
        var adaptivity = section.Read("adaptivity", SettingKinds.Positive);
        return
        [
            new NoServerOptimizer(rate ?? PlainRate),
            new MomentumServerOptimizer(rate ?? PlainRate, momentum),
            new AdamServerOptimizer(rate ?? AdaptiveRate, first, second, adaptivity),
            new YogiServerOptimizer(rate ?? AdaptiveRate, first, second, adaptivity),
        ];
    }
}
