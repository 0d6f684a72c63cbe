using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace FedActors.Host.Settings.Sections;

/// <summary>Reads <c>fedactors.downloads</c>.</summary>
internal static class DownloadsSection
{
    private const int HashDigits = 64;

    private static readonly SettingKind<string> Hash = new TextKind<string>(
        $"a SHA-256 of {HashDigits} hexadecimal digits",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text.ToLowerInvariant();
            return text.Length == HashDigits && text.All(char.IsAsciiHexDigit);
        });

    private static readonly SettingKind<ImmutableArray<Uri>> Mirrors = SettingKinds.List(
        "a list of addresses that begin with http:// or https:// and end with /",
        new TextKind<Uri>("an address", (string text, [MaybeNullWhen(false)] out Uri value) =>
            Uri.TryCreate(text, UriKind.Absolute, out value) && value.Scheme is ("http" or "https") && text.EndsWith('/')));

    public static ImmutableArray<DownloadSettings> Read(SectionReader section) =>
        [.. section.Keys.Select(set => ReadSet(set, section.Section(set)))];

    private static DownloadSettings ReadSet(string set, SectionReader section)
    {
        var files = section.Section("files");
        var mirrors = section.Read("mirrors", Mirrors);
        if (mirrors.IsEmpty)
        {
            section.Reject("mirrors", "must name at least one address");
        }

        return new DownloadSettings(
            set,
            mirrors,
            [.. files.Keys.Select(file => new DownloadFile(file, files.Read(file, Hash)))]);
    }
}
