using System.Text;

namespace FedActors.Models.Randomness;

/// <summary>Makes independent seeds out of one, by what they are for.</summary>
/// <remarks>
/// The same arguments give the same seed in every process and on every platform, so that a run depends on its
/// settings and its seed only, whatever the order in which its parts ask.
/// </remarks>
public static class Seeds
{
    /// <summary>Derives the seed for one purpose, for example <c>Derive(seed, "training", client, assignment)</c>.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the randomness is for. Different purposes give unrelated seeds.</param>
    /// <param name="path">Numbers that tell apart the users of one purpose. Order and count matter.</param>
    /// <returns>A seed for <see cref="SeededRandom"/>.</returns>
    public static ulong Derive(ulong seed, string purpose, params ReadOnlySpan<long> path)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var state = Absorb(seed, (ulong)purpose.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(purpose))
        {
            state = Absorb(state, octet);
        }

        state = Absorb(state, (ulong)path.Length);
        foreach (var step in path)
        {
            state = Absorb(state, (ulong)step);
        }

        return state;
    }

    private static ulong Absorb(ulong state, ulong word)
    {
        var next = state ^ SplitMix64.Mix(word + 0xD1B54A32D192ED03);
        return SplitMix64.Next(ref next);
    }
}
