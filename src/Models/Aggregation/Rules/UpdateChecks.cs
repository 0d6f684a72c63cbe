namespace FedActors.Models.Aggregation;

/// <summary>What every rule demands of a list of updates.</summary>
internal static class UpdateChecks
{
    public static int EnsureCombinable(IReadOnlyList<WeightedUpdate> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        if (updates.Count == 0)
        {
            throw new ArgumentException("There is nothing to aggregate: at least one update is needed.", nameof(updates));
        }

        var length = updates[0].Update.Length;
        foreach (var update in updates)
        {
            if (update.Update.Length != length)
            {
                throw new ArgumentException(
                    $"All updates must be equally long, but there are {length} and {update.Update.Length} numbers.",
                    nameof(updates));
            }

            if (update.Samples < 1)
            {
                throw new ArgumentException($"An update comes from at least one sample, not {update.Samples}.", nameof(updates));
            }

            if (!(update.Discount >= 0) || !double.IsFinite(update.Discount))
            {
                throw new ArgumentException($"A discount is finite and not negative, unlike {update.Discount}.", nameof(updates));
            }
        }

        return length;
    }
}
