namespace FedActors.Host.Terminal;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>Draws the curve; what has not been measured yet is blank.</summary>
    /// <param name="points">Rounds and shares in [0, 1], in order of rounds.</param>
    /// <param name="rounds">The round at the right end.</param>
    /// <param name="width">Characters, at least 1.</param>
    public static string Draw(IReadOnlyList<(int Round, double Share)> points, int rounds, int width)
    {
        var cells = new char[width];
        Array.Fill(cells, ' ');
        var next = 0;
        for (var cell = 0; cell < width && next < points.Count; cell++)
        {
            // The newest point that lies in the cell; without one, the curve stays where it was until there is a later one.
            var end = (long)rounds * (cell + 1);
            while (next < points.Count && (long)points[next].Round * width <= end)
            {
                next++;
            }

            if (next > 0)
            {
                cells[cell] = Level(points[next - 1].Share);
            }
        }

        return new string(cells);
    }

    private static char Level(double share) =>
        double.IsNaN(share) ? ' ' : Levels[(int)(Math.Clamp(share, 0, 1) * (Levels.Length - 1) + 0.5)];
}
