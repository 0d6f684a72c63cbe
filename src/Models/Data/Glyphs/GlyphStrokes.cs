using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FedActors.Models.Data;

/// <summary>The pen's way through each character, in a square from (−1, −1) at the top left to (1, 1).</summary>
/// <remarks>Chosen for what they share: most strokes of a character occur in another one, moved or turned.</remarks>
internal static class GlyphStrokes
{
    public const string Characters = "ACEHKNSTXZ";

    // Strokes are separated by '|', the points of a stroke by spaces.
    private static readonly ImmutableArray<ImmutableArray<Vector2[]>> Strokes =
    [
        Parse("-0.8,1 0,-1 0.8,1|-0.45,0.3 0.45,0.3"),
        Parse("0.75,-0.65 0.4,-0.95 -0.1,-1 -0.6,-0.7 -0.8,0 -0.6,0.7 -0.1,1 0.4,0.95 0.75,0.65"),
        Parse("0.7,-1 -0.7,-1 -0.7,1 0.7,1|-0.7,0 0.5,0"),
        Parse("-0.7,-1 -0.7,1|0.7,-1 0.7,1|-0.7,0 0.7,0"),
        Parse("-0.7,-1 -0.7,1|0.7,-1 -0.6,0 0.75,1"),
        Parse("-0.7,1 -0.7,-1 0.7,1 0.7,-1"),
        Parse("0.7,-0.7 0.3,-1 -0.3,-1 -0.7,-0.65 -0.5,-0.2 0.5,0.2 0.7,0.65 0.3,1 -0.3,1 -0.7,0.7"),
        Parse("-0.8,-1 0.8,-1|0,-1 0,1"),
        Parse("-0.75,-1 0.75,1|0.75,-1 -0.75,1"),
        Parse("-0.75,-1 0.75,-1 -0.75,1 0.75,1"),
    ];

    public static ImmutableArray<Vector2[]> Of(int character) => Strokes[character];

    private static ImmutableArray<Vector2[]> Parse(string strokes) =>
        [.. strokes.Split('|').Select(stroke => stroke.Split(' ').Select(ParsePoint).ToArray())];

    private static Vector2 ParsePoint(string point)
    {
        var comma = point.IndexOf(',', StringComparison.Ordinal);
        return new Vector2(
            float.Parse(point.AsSpan(0, comma), CultureInfo.InvariantCulture),
            float.Parse(point.AsSpan(comma + 1), CultureInfo.InvariantCulture));
    }
}
