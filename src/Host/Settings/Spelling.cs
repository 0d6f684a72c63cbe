namespace FedActors.Host.Settings;

/// <summary>Guesses what a misspelt key was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The candidate nearest to <paramref name="word"/>, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates
            .Select(candidate => (Candidate: candidate, Edits: Distance(word, candidate)))
            .OrderBy(pair => pair.Edits)
            .FirstOrDefault();
        return nearest.Candidate is not null && nearest.Edits <= Math.Max(1, word.Length / 3) ? nearest.Candidate : null;
    }

    /// <summary>Letters to insert, remove, replace or swap with their neighbour to make one word of the other.</summary>
    private static int Distance(string left, string right)
    {
        var edits = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                edits[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Least(edits, left, right, i, j),
                };
            }
        }

        return edits[left.Length, right.Length];
    }

    private static int Least(int[,] edits, string left, string right, int i, int j)
    {
        var same = left[i - 1] == right[j - 1];
        var least = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (same ? 0 : 1));
        var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(least, edits[i - 2, j - 2] + 1) : least;
    }
}
