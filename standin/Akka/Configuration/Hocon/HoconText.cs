using System.Buffers;

namespace Akka.Configuration.Hocon;

/// <summary>Which characters may stand outside quotes, and quoting for those that may not.</summary>
internal static class HoconText
{
    private const string Reserved = "$\"{}[]:=,#`^?!@*&\\";

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(Reserved + " \t\r\n");

    private static readonly SearchValues<char> NeedsQuotesInKey = SearchValues.Create(Reserved + ". \t\r\n");

    public static bool IsReserved(char c) => Reserved.Contains(c);

    public static string Quote(string text)
    {
        if (text is null)
        {
            return "";
        }

        return text.AsSpan().ContainsAny(NeedsQuotes) || text.Contains("//", StringComparison.Ordinal)
            ? Quoted(text)
            : text;
    }

    public static string QuoteKey(string key) => key.AsSpan().ContainsAny(NeedsQuotesInKey) ? Quoted(key) : key;

    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r") + "\"";
}
