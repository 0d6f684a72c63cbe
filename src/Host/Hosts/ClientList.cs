using System.Collections.Immutable;
using System.Globalization;

namespace FedActors.Host.Hosts;

/// <summary>Reads which devices a host carries.</summary>
internal static class ClientList
{
    /// <summary>What may stand there; completes "must be …".</summary>
    public const string Allowed = "numbers and ranges such as '0-49' or '3, 7, 20-29', a share such as '1/2', all, or none";

    /// <summary>Reads a list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="count">Clients of the run.</param>
    /// <param name="clients">Their numbers, in order.</param>
    /// <returns>Whether the text is such a list and all numbers are below <paramref name="count"/>.</returns>
    public static bool TryParse(string text, int count, out ImmutableArray<int> clients)
    {
        clients = [];
        switch (text)
        {
            case "none":
                return true;
            case "all":
                clients = [.. Enumerable.Range(0, count)];
                return true;
        }

        if (text.Split('/') is [var part, var parts])
        {
            return TryParseShare(part, parts, count, out clients);
        }

        var numbers = new SortedSet<int>();
        foreach (var piece in text.Split(','))
        {
            var ends = piece.Split('-');
            if (ends.Length > 2 || !TryParse(ends[0], out var first) || !TryParse(ends[^1], out var last) || first > last || last >= count)
            {
                return false;
            }

            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        clients = [.. numbers];
        return true;
    }

    /// <summary>Writes numbers as ranges.</summary>
    public static string Show(ImmutableArray<int> clients)
    {
        var ranges = new List<string>();
        for (var start = 0; start < clients.Length;)
        {
            var end = start;
            while (end + 1 < clients.Length && clients[end + 1] == clients[end] + 1)
            {
                end++;
            }

            ranges.Add(start == end ? $"{clients[start]}" : $"{clients[start]}-{clients[end]}");
            start = end + 1;
        }

        return ranges.Count == 0 ? "none" : string.Join(", ", ranges);
    }

    private static bool TryParseShare(string part, string parts, int count, out ImmutableArray<int> clients)
    {
        clients = [];
        if (!TryParse(part, out var number) || !TryParse(parts, out var of) || number < 1 || number > of)
        {
            return false;
        }

        var first = (int)((long)count * (number - 1) / of);
        var next = (int)((long)count * number / of);
        clients = [.. Enumerable.Range(first, next - first)];
        return true;
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
