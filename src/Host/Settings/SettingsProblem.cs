namespace FedActors.Host.Settings;

/// <summary>One mistake in the settings.</summary>
/// <param name="Origin">Where it was made.</param>
/// <param name="Message">Key, value and what is allowed, as a sentence.</param>
internal sealed record SettingsProblem(SettingOrigin Origin, string Message)
{
    public override string ToString() => $"{Origin}: {Message}";
}
