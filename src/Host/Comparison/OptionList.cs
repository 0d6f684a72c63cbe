using FedActors.Host.Errors;

namespace FedActors.Host.Comparison;

/// <summary>An option whose value is a list with commas.</summary>
internal static class OptionList
{
    /// <summary>Takes the list apart.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="text">Its value.</param>
    /// <param name="normalize">Makes items that mean the same equal.</param>
    /// <exception cref="UsageException">An item is empty, or there twice.</exception>
    public static IReadOnlyList<string> Read(string option, string text, Func<string, string>? normalize = null)
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries);
        if (items.Contains(""))
        {
            throw new UsageException(
                text.Length == 0 ? $"{option} is empty." : $"{option} is '{text}', but between two commas must be something.");
        }

        var normal = normalize is null ? items : [.. items.Select(normalize)];
        var twice = normal.GroupBy(item => item).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? normal : throw new UsageException($"{option} is '{text}', which names {twice.Key} more than once.");
    }
}
