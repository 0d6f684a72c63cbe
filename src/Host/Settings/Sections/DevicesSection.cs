using FedActors.Actors.Settings;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.devices</c>.</summary>
internal static class DevicesSection
{
    private const string NoTrace = "none";

    private static readonly SettingKind<SlowChoice> Choose = SettingKinds.Choice(
        ("none", SlowChoice.None), ("most-of-class", SlowChoice.MostOfClass), ("random", SlowChoice.Random), ("list", SlowChoice.List));

    private static readonly SettingKind<JitterDistribution> Distribution = SettingKinds.Choice(
        ("none", JitterDistribution.None), ("uniform", JitterDistribution.Uniform), ("log-normal", JitterDistribution.LogNormal));

    private static readonly SettingKind<JitterScope> Scope = SettingKinds.Choice(
        ("assignment", JitterScope.Assignment), ("device", JitterScope.Device));

    private static readonly SettingKind<double> Spread = SettingKinds.Number("a number from 0 to 1", value => value is >= 0 and <= 1);

    private static readonly SettingKind<int?> Count = SettingKinds.OrWord("all", SettingKinds.Integer(1));

    /// <summary>Reads the section. A trace of <c>none</c> becomes null.</summary>
    public static DeviceSettings Read(SectionReader section, TimeSpan roundDuration, int clients)
    {
        var latency = SettingKinds.RoundsOrDuration(roundDuration);
        var trace = section.Read("trace", SettingKinds.Text);
        return new DeviceSettings(
            section.Read("latency", latency),
            ReadSlow(section.Section("slow"), latency, clients),
            ReadDropout(section.Section("dropout"), latency))
        {
            Jitter = ReadJitter(section.Section("jitter")),
            Trace = trace == NoTrace ? null : trace,
        };
    }

    private static JitterSettings ReadJitter(SectionReader section) => new(
        section.Read("distribution", Distribution),
        section.Read("spread", Spread),
        section.Read("sigma", SettingKinds.NotNegative),
        section.Read("of", Scope));

    private static SlowDeviceSettings ReadSlow(SectionReader section, SettingKind<TimeSpan> latency, int clients)
    {
        var slow = new SlowDeviceSettings(
            section.Read("choose", Choose),
            section.Read("class", SettingKinds.Integer(0)),
            section.Read("count", Count),
            section.Read("clients", SettingKinds.List("a list of client numbers such as [0, 7, 12]", SettingKinds.Integer(0))),
            section.Read("latency", latency));
        if (slow.Choose == SlowChoice.List && slow.Clients.IsEmpty)
        {
            section.Reject("choose", "then clients must name at least one client");
        }

        if (slow.Clients.Any(client => client >= clients))
        {
            section.Reject("clients", $"every number must be below the number of clients, which data.clients sets to {clients}");
        }

        if (slow.Count > clients)
        {
            section.Reject("count", $"must be at most the number of clients, which data.clients sets to {clients}");
        }

        return slow;
    }

    private static DropoutSettings ReadDropout(SectionReader section, SettingKind<TimeSpan> away)
    {
        var backoff = SettingKinds.Duration(least: TimeSpan.FromTicks(1));
        var dropout = new DropoutSettings(
            section.Read("crash", SettingKinds.Fraction),
            section.Read("offline", SettingKinds.Fraction),
            section.Read("offline-for", away),
            section.Read("max-restarts", SettingKinds.Integer(0)),
            section.Read("min-backoff", backoff),
            section.Read("max-backoff", backoff));
        if (dropout.MaxBackoff < dropout.MinBackoff)
        {
            section.Reject("max-backoff", "must be at least min-backoff");
        }

        return dropout;
    }
}
