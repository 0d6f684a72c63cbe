using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Akka.Util;

/// <summary>
/// The version of the program that a node runs: up to three numbers and a qualifier, <c>1.2.3-rc1</c>, with a count of
/// commits in front of the qualifier where a build adds one, <c>1.2.3+10-abcd</c>; or any other text.
/// </summary>
public sealed partial class AppVersion : IComparable<AppVersion>, IEquatable<AppVersion>
{
    public static readonly AppVersion Zero = new("0.0.0");

    private const string AssemblyVersion = "assembly-version";

    private readonly int[] _numbers = new int[4];
    private readonly string _qualifier;

    private AppVersion(string version)
    {
        Version = version;
        var match = Numbered().Match(version);
        _qualifier = match.Success ? match.Groups["qualifier"].Value : version;
        if (match.Success)
        {
            var values = match.Groups["number"].Captures.Select(number => Parse(number.Value)).ToArray();
            values.CopyTo(_numbers, 0);
            if (match.Groups["commits"].Success)
            {
                _numbers[3] = Parse(match.Groups["commits"].Value);
            }
        }
    }

    public string Version { get; }

    /// <summary>Reads a version; <c>assembly-version</c> stands for that of the program.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text is empty or has more than three numbers.</exception>
    public static AppVersion Create(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (version.Equals(AssemblyVersion, StringComparison.OrdinalIgnoreCase))
        {
            var program = (Assembly.GetEntryAssembly() ?? Assembly.GetExecutingAssembly()).GetName().Version ?? new Version(0, 0, 0);
            return new AppVersion($"{program.Major}.{program.Minor}.{Math.Max(program.Build, 0)}");
        }

        if (version.Length == 0 || version.Split('.').Length > 3)
        {
            throw new ArgumentOutOfRangeException(nameof(version), version, "A version has one to three parts between dots.");
        }

        return new AppVersion(version);
    }

    public static bool operator ==(AppVersion first, AppVersion second) => first is null ? second is null : first.Equals(second);

    public static bool operator !=(AppVersion first, AppVersion second) => !(first == second);

    public int CompareTo(AppVersion other)
    {
        if (other is null)
        {
            return 1;
        }

        for (var i = 0; i < _numbers.Length; i++)
        {
            if (_numbers[i] != other._numbers[i])
            {
                return _numbers[i].CompareTo(other._numbers[i]);
            }
        }

        // 1.2.3-rc1 comes before 1.2.3.
        return (_qualifier.Length == 0, other._qualifier.Length == 0) switch
        {
            (true, false) => 1,
            (false, true) => -1,
            _ => string.CompareOrdinal(_qualifier, other._qualifier),
        };
    }

    public bool Equals(AppVersion other) => other is not null && Version == other.Version;

    public override bool Equals(object obj) => Equals(obj as AppVersion);

    public override int GetHashCode() => Version.GetHashCode();

    public override string ToString() => Version;

    private static int Parse(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    [GeneratedRegex(@"^(?<number>\d+)(\.(?<number>\d+)){0,2}(?:[-+](?:(?<commits>\d+)-)?(?<qualifier>.*))?$")]
    private static partial Regex Numbered();
}
