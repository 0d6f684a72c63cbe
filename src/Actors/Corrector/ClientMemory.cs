using System.Collections.Immutable;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Actors.Corrector;

/// <summary>What the corrector remembers of one client.</summary>
/// <param name="Latest">D_rec, from which the next inversion starts.</param>
/// <param name="Past">Conversions whose true update may still arrive, oldest first.</param>
public sealed record ClientMemory(WarmStart Latest, ImmutableArray<PastConversion> Past)
{
    private const int MostPast = 16;

    /// <summary>The conversion to look back at when the true update of a version arrives: the nearest; of two, the earlier.</summary>
    public PastConversion? NearestTo(long version) => Past.MinBy(past => Math.Abs(past.Version - version));

    /// <summary>The memory after a conversion, without those that came before the one that was looked back at.</summary>
    public static ClientMemory After(ClientMemory? before, PastConversion conversion, WarmStart latest, PastConversion? lookedBackAt)
    {
        var past = (before?.Past ?? [])
            .Where(earlier => lookedBackAt is null || earlier.Version >= lookedBackAt.Version)
            .Append(conversion)
            .TakeLast(MostPast);
        return new ClientMemory(latest, [.. past]);
    }
}
