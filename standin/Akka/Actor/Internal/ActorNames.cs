using System.Diagnostics;

namespace Akka.Actor.Internal;

/// <summary>Names for actors that were given none, and the numbers that tell incarnations of a name apart.</summary>
internal static class ActorNames
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    // The start depends on the process, so that a restarted node does not repeat the uids of the one before.
    private static int _lastUid = (int)(Stopwatch.GetTimestamp() ^ ((long)Environment.ProcessId << 16));

    /// <summary>$a, $b, … and so on, in base 64 with the lowest digit first.</summary>
    public static string Generate(long number, string prefix = "$")
    {
        Span<char> buffer = stackalloc char[prefix.Length + 11];
        prefix.CopyTo(buffer);
        var length = prefix.Length;
        do
        {
            buffer[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number != 0);

        return new string(buffer[..length]);
    }

    /// <summary>A positive number that no other actor of this process has had lately.</summary>
    public static int NextUid()
    {
        while (true)
        {
            // An odd factor permutes the numbers: neighbours end up far apart, none comes twice in 2^31.
            var uid = (int)((uint)Interlocked.Increment(ref _lastUid) * 0x9E3779B1u) & int.MaxValue;
            if (uid != ActorCell.UndefinedUid)
            {
                return uid;
            }
        }
    }
}
