using System.Text.RegularExpressions;
using Akka.Actor;

namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>A condition on a text.</summary>
public interface IStringMatcher
{
    bool IsMatch(string s);
}

/// <summary>The conditions that event filters know; none regards case.</summary>
internal sealed class TextMatcher : IStringMatcher
{
    public static readonly TextMatcher Any = new("", _ => true);

    private readonly string _description;
    private readonly Func<string, bool> _isMatch;

    private TextMatcher(string description, Func<string, bool> isMatch)
    {
        _description = description;
        _isMatch = isMatch;
    }

    /// <summary>The first condition that is given, or none.</summary>
    public static TextMatcher Message(string equal, string start, string contains)
    {
        if (equal is not null)
        {
            return new TextMatcher($"== \"{equal}\"", text => Same(equal, text));
        }

        if (start is not null)
        {
            return new TextMatcher($"starts with \"{start}\"", text => text.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        }

        return contains is null
            ? Any
            : new TextMatcher($"contains \"{contains}\"", text => text.Contains(contains, StringComparison.OrdinalIgnoreCase));
    }

    public static TextMatcher Pattern(Regex regex) => new($"matches regex \"{regex}\"", regex.IsMatch);

    /// <summary>The path of an actor, with its address or without.</summary>
    public static TextMatcher Source(string path) => path is null
        ? Any
        : new TextMatcher(
            $"== \"{path}\"",
            source => Same(path, source) || (ActorPath.TryParse(source, out var actor) && Same(path, actor.ToStringWithoutAddress())));

    public bool IsMatch(string s) => _isMatch(s);

    public override string ToString() => _description;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
