using System.Collections.Immutable;
using FedActors.Models.Staleness;

namespace FedActors.Host.Comparison.Html;

/// <summary>
/// How a policy is drawn, the same in every chart: one of eight colours that people with any kind of colour vision tell
/// apart, and dashes where colours come again. The reference is grey.
/// </summary>
/// <param name="Key">Unique among the policies of a report.</param>
/// <param name="Color">The CSS class that sets the colour.</param>
/// <param name="Dashes">The SVG dash pattern, or null for a whole line.</param>
internal sealed record SeriesStyle(int Key, string Color, string? Dashes)
{
    private const int Colors = 8;

    // From the ninth policy on. Colours five to eight are dashed as well, since they are nearer to each other.
    private static readonly string?[] Patterns = [null, "7 3", "2 3", "9 3 2 3"];

    private static readonly string Reference = new Fresh().Name;

    /// <summary>The styles of policies, in their order.</summary>
    public static ImmutableArray<SeriesStyle> Of(IReadOnlyList<string> policies)
    {
        var styles = ImmutableArray.CreateBuilder<SeriesStyle>();
        var next = 0;
        foreach (var (key, policy) in policies.Index())
        {
            if (policy == Reference)
            {
                styles.Add(new SeriesStyle(key, "c-reference", "1 4"));
                continue;
            }

            styles.Add(new SeriesStyle(key, $"c-{next % Colors}", Patterns[next / (Colors / 2) % Patterns.Length]));
            next++;
        }

        return styles.ToImmutable();
    }
}
