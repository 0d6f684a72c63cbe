using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FedActors.Host.Settings;

/// <summary>The kinds of values that settings have.</summary>
internal static class SettingKinds
{
    /// <summary>A text that isn't empty.</summary>
    public static SettingKind<string> Text { get; } = Make(
        "a text that isn't empty",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text;
            return text.Length > 0;
        });

    /// <summary>A seed.</summary>
    public static SettingKind<ulong> Seed { get; } = Make(
        $"a whole number from 0 to {ulong.MaxValue}",
        (string text, out ulong value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));

    /// <summary>A text that can be the name of a folder on every system.</summary>
    public static SettingKind<string> FolderName { get; } = Make(
        "a name of letters, digits, '-', '_' and '.', at most 64, that begins with a letter or digit",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text;
            return text.Length is > 0 and <= 64
                && char.IsAsciiLetterOrDigit(text[0])
                && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        });

    /// <summary>On or off.</summary>
    public static SettingKind<bool> Switch { get; } = Choice(("on", true), ("off", false), ("true", true), ("false", false));

    /// <summary>A size in bytes.</summary>
    public static SettingKind<long> Size { get; } = Make(
        "a size with its unit, such as 512MiB or 2GiB",
        (string text, out long value) =>
        {
            (string Name, int Power)[] units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)];
            var unit = units.FirstOrDefault(unit => text.EndsWith(unit.Name, StringComparison.Ordinal));
            value = 0;
            if (unit.Name is null
                || !double.TryParse(text.AsSpan(0, text.Length - unit.Name.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number * Math.Pow(2, unit.Power) > long.MaxValue / 2)
            {
                return false;
            }

            value = (long)(number * Math.Pow(2, unit.Power));
            return true;
        });

    /// <summary>A list of texts.</summary>
    public static SettingKind<ImmutableArray<string>> Texts { get; } = new ListKind<string>("a list of texts", Text);

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static SettingKind<int> Integer(int least, int most = int.MaxValue) => Make(
        most == int.MaxValue ? $"a whole number of at least {least}" : $"a whole number from {least} to {most}",
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= least
            && value <= most);

    /// <summary>A number that <paramref name="isAllowed"/> accepts.</summary>
    public static SettingKind<double> Number(string allowed, Func<double, bool> isAllowed) => Make(
        allowed,
        (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value)
            && isAllowed(value));

    /// <summary>A number above 0.</summary>
    public static SettingKind<double> Positive { get; } = Number("a number above 0", value => value > 0);

    /// <summary>A number of at least 0.</summary>
    public static SettingKind<double> NotNegative { get; } = Number("a number of at least 0", value => value >= 0);

    /// <summary>A number in [0, 1).</summary>
    public static SettingKind<double> Fraction { get; } = Number("a number of at least 0 and below 1", value => value is >= 0 and < 1);

    /// <summary>A number in (0, 1].</summary>
    public static SettingKind<double> Share { get; } = Number("a number above 0 and at most 1", value => value is > 0 and <= 1);

    /// <summary>One of a few words.</summary>
    public static SettingKind<T> Choice<T>(params (string Word, T Value)[] choices) => Make(
        $"one of {string.Join(", ", choices.Select(choice => choice.Word))}",
        (string text, [MaybeNullWhen(false)] out T value) =>
        {
            var index = Array.FindIndex(choices, choice => choice.Word == text);
            value = index < 0 ? default : choices[index].Value;
            return index >= 0;
        });

    /// <summary>One of a few names.</summary>
    public static SettingKind<string> Choice(IEnumerable<string> names) =>
        Choice(names.Select(name => (name, name)).ToArray());

    /// <summary>A value, or a word that stands for none.</summary>
    public static SettingKind<T?> OrWord<T>(string word, SettingKind<T> kind)
        where T : struct => new OrWordKind<T>(word, kind);

    /// <summary>A list of values.</summary>
    public static SettingKind<ImmutableArray<T>> List<T>(string allowed, SettingKind<T> kind) => new ListKind<T>(allowed, kind);

    /// <summary>A whole number of rounds of at least 1, with or without the word.</summary>
    public static SettingKind<int> Rounds { get; } = Make(
        "a whole number of rounds of at least 1, such as '10 rounds'",
        (string text, out int value) =>
        {
            var number = text.EndsWith(" rounds", StringComparison.Ordinal) ? text[..^" rounds".Length]
                : text.EndsWith(" round", StringComparison.Ordinal) ? text[..^" round".Length]
                : text;
            return int.TryParse(number.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1;
        });

    /// <summary>A duration with its unit.</summary>
    public static SettingKind<TimeSpan> Duration(TimeSpan least) => new TextKind<TimeSpan>(
        least > TimeSpan.Zero
            ? "a duration above 0 with its unit, such as 500ms, 2s, 5m or 1h"
            : "a duration with its unit, such as 500ms, 2s, 5m or 1h",
        (text, out value) => Durations.TryParse(text, out value) && value >= least);

    /// <summary>A duration, or a number of rounds.</summary>
    public static SettingKind<TimeSpan> RoundsOrDuration(TimeSpan roundDuration) => new TextKind<TimeSpan>(
        "a number of rounds such as '40 rounds', or a duration with its unit such as 500ms, 2s or 5m",
        (text, out value) => Durations.TryParseRounds(text, roundDuration, out value) || Durations.TryParse(text, out value));

    private static TextKind<T> Make<T>(string allowed, TextReader<T> reader) => new(allowed, reader);

    private sealed record OrWordKind<T>(string Word, SettingKind<T> Kind) : SettingKind<T?>($"{Kind.Allowed}, or {Word}")
        where T : struct
    {
        public override bool TryRead(SettingNode node, out T? value)
        {
            var isWord = node is SettingText { Text: { } text } && text == Word;
            if (isWord || !Kind.TryRead(node, out var read))
            {
                value = null;
                return isWord;
            }

            value = read;
            return true;
        }
    }

    private sealed record ListKind<T>(string Allowed, SettingKind<T> Kind) : SettingKind<ImmutableArray<T>>(Allowed)
    {
        public override bool TryRead(SettingNode node, out ImmutableArray<T> value)
        {
            var items = ImmutableArray.CreateBuilder<T>();
            value = [];
            if (node is not SettingList list)
            {
                return false;
            }

            foreach (var item in list.Items)
            {
                if (!Kind.TryRead(item, out var read))
                {
                    return false;
                }

                items.Add(read);
            }

            value = items.ToImmutable();
            return true;
        }
    }
}
