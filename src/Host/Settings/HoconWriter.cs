using System.Text;
using System.Text.RegularExpressions;

namespace FedActors.Host.Settings;

/// <summary>Writes a settings tree as HOCON.</summary>
internal static partial class HoconWriter
{
    private const int Indent = 2;

    /// <summary>Writes <c>name { … }</c>.</summary>
    public static string Write(string name, SettingSection section)
    {
        var text = new StringBuilder();
        WriteMember(text, name, section, 0);
        return text.ToString();
    }

    /// <summary>A text that the parser reads back as it is.</summary>
    public static string Quote(string text) => Plain().IsMatch(text) && text != "null"
        ? text
        : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")}\"";

    private static void WriteMember(StringBuilder text, string key, SettingNode node, int indent)
    {
        text.Append(' ', indent).Append(PlainKey().IsMatch(key) ? key : $"\"{key}\"");
        if (node is not SettingSection section)
        {
            text.Append(" = ").Append(Inline(node)).Append('\n');
            return;
        }

        text.Append(" {\n");
        foreach (var (name, child) in section.Children)
        {
            WriteMember(text, name, child, indent + Indent);
        }

        text.Append(' ', indent).Append("}\n");
    }

    private static string Inline(SettingNode node) => node switch
    {
        SettingText { Text: null } => "null",
        SettingText text => Quote(text.Text),
        SettingList list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        SettingSection section =>
            $"{{ {string.Join(", ", section.Children.Select(child => $"\"{child.Key}\" = {Inline(child.Value)}"))} }}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    // Words, numbers, and a number with its unit; everything else is quoted.
    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+(?: [A-Za-z]+)?\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z0-9_\-]+\z")]
    private static partial Regex PlainKey();
}
