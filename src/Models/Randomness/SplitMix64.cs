namespace FedActors.Models.Randomness;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): turns any 64-bit value into well-mixed ones.</summary>
internal static class SplitMix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    public static ulong Next(ref ulong state)
    {
        state += Golden;
        return Mix(state);
    }

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
