using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace FedActors.Host.Settings;

/// <summary>Reads HOCON text into a settings tree that remembers where each key was written.</summary>
internal sealed partial class SettingsText
{
    private readonly string _folder;
    private readonly Func<string, string?> _variable;
    private readonly Dictionary<string, SettingOrigin> _origins = new(StringComparer.Ordinal);

    private SettingsText(string folder, Func<string, string?> variable)
    {
        _folder = folder;
        _variable = variable;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The HOCON text.</param>
    /// <param name="source">What error messages call it.</param>
    /// <param name="folder">The folder that <c>include "name"</c> starts from.</param>
    /// <param name="variable">Looks up an environment variable, for <c>${?NAME}</c>.</param>
    /// <exception cref="SettingsException">The text is not HOCON.</exception>
    public static SettingSection Read(string text, string source, string folder, Func<string, string?> variable)
    {
        var reader = new SettingsText(folder, variable);
        var root = reader.Parse(text, source, depth: 0);
        return reader.Convert(root.Value, "", new SettingOrigin(source)) as SettingSection
            ?? SettingSection.Empty(new SettingOrigin(source));
    }

    private HoconRoot Parse(string text, string source, int depth)
    {
        try
        {
            foreach (var (path, line) in KeyScanner.Scan(text))
            {
                _origins.TryAdd(path, new SettingOrigin(source, line));
            }

            var config = ConfigurationFactory.ParseString(InsertVariables(text), name => Include(name, source, depth));
            return new HoconRoot(config.Root, config.Substitutions);
        }
        catch (KeyScannerException exception)
        {
            throw Mistake(new SettingOrigin(source, exception.Line), exception.Message);
        }
        catch (Exception exception) when (exception is not (SettingsException or OutOfMemoryException))
        {
            // The parser throws exceptions of many types, bare Exception among them.
            throw Mistake(new SettingOrigin(source), $"this is not HOCON: {exception.Message}");
        }
    }

    private HoconRoot Include(string name, string source, int depth)
    {
        const int deepest = 16;
        if (depth == deepest)
        {
            throw Mistake(new SettingOrigin(source), $"includes are nested more than {deepest} deep; does '{name}' include itself?");
        }

        var file = Path.GetFullPath(name, _folder);
        try
        {
            return Parse(File.ReadAllText(file), name, depth + 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Mistake(new SettingOrigin(source), $"the included file {file} can't be read: {exception.Message}");
        }
    }

    private SettingNode Convert(HoconValue value, string path, SettingOrigin above)
    {
        var origin = _origins.GetValueOrDefault(path, above);
        if (value.GetObject() is { } section)
        {
            var children = section.Items.Select(item => KeyValuePair.Create(
                item.Key, Convert(item.Value, SettingPath.Append(path, item.Key), origin)));
            return new SettingSection([.. children], origin);
        }

        if (value.Values.Exists(piece => piece.IsArray()))
        {
            return new SettingList([.. value.GetArray().Select(item => Convert(item, $"{path}[]", origin))], origin);
        }

        return new SettingText(value.GetString(), origin);
    }

    /// <summary>
    /// The parser knows no environment. A variable that is not set leaves what an earlier line says of the key; inside of a
    /// line it gives null: the default.
    /// </summary>
    private string InsertVariables(string text) => VariableOrOther().Replace(text, match =>
    {
        if (match.Groups["name"] is not { Success: true } name)
        {
            return match.Value;
        }

        var key = match.Groups["key"];
        return _variable(name.Value) is { Length: > 0 } value ? key.Value + HoconWriter.Quote(value)
            : key.Success ? ""
            : "null";
    });

    private static SettingsException Mistake(SettingOrigin origin, string message) =>
        new([new SettingsProblem(origin, message)]);

    // Quoted texts and comments match first, so that what stands in them stays.
    [GeneratedRegex("""
        \"(?:[^"\\\n]|\\.)*\"
        |(?:\#|//)[^\n]*
        |(?<key>^[ \t]*[\w.-]+[ \t]*[=:][ \t]*)\$\{\?(?<name>[A-Z_][A-Z0-9_]*)\}(?=[ \t]*(?:\r?$|\#|//))
        |\$\{\?(?<name>[A-Z_][A-Z0-9_]*)\}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline)]
    private static partial Regex VariableOrOther();
}
