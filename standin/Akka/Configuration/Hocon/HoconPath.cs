namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths, in which a quoted part may itself contain dots.</summary>
internal static class HoconPath
{
    public static IEnumerable<string> Split(string path)
    {
        var start = 0;
        while (start < path.Length)
        {
            int end;
            if (path[start] == '"')
            {
                end = path.IndexOf('"', start + 1);
                if (end < 0)
                {
                    throw new FormatException($"A quote is not closed in the path `{path}`.");
                }

                yield return path[(start + 1)..end];
                start = end + 2;
                continue;
            }

            end = path.IndexOf('.', start);
            if (end < 0)
            {
                yield return path[start..];
                yield break;
            }

            yield return path[start..end];
            start = end + 1;
        }
    }

    public static string Append(string path, string key)
    {
        var part = key.Contains('.') ? $"\"{key}\"" : key;
        return path.Length == 0 ? part : $"{path}.{part}";
    }
}
