using System.Diagnostics;

namespace Akka.Actor.Internal;

/// <summary>What a parent knows of the owner of a child's name.</summary>
public interface IChildStats
{
}

/// <summary>A child, and how often it was restarted.</summary>
public class ChildRestartStats : IChildStats
{
    public ChildRestartStats(IInternalActorRef child, uint maxNrOfRetriesCount = 0, long restartTimeWindowStartTicks = 0)
    {
        Child = child;
        MaxNrOfRetriesCount = maxNrOfRetriesCount;
        RestartTimeWindowStartTicks = restartTimeWindowStartTicks;
    }

    public IInternalActorRef Child { get; }

    public long Uid => Child.Path.Uid;

    public uint MaxNrOfRetriesCount { get; private set; }

    /// <summary>When the first restart that still counts took place; 0 before the first.</summary>
    public long RestartTimeWindowStartTicks { get; private set; }

    /// <summary>
    /// Counts a restart and says whether it is allowed. A negative number of retries means any number; without a window
    /// (zero or less) restarts count for life.
    /// </summary>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
        {
            return false;
        }

        var hasWindow = withinTimeMilliseconds > 0;
        if (maxNrOfRetries < 0 && !hasWindow)
        {
            return true;
        }

        if (!hasWindow)
        {
            MaxNrOfRetriesCount++;
            return MaxNrOfRetriesCount <= maxNrOfRetries;
        }

        // A window without a number allows one restart in it.
        return IsPermittedInWindow(maxNrOfRetries < 0 ? 1 : maxNrOfRetries, withinTimeMilliseconds);
    }

    private bool IsPermittedInWindow(int retries, int windowMilliseconds)
    {
        var now = Stopwatch.GetTimestamp();
        var windowStart = RestartTimeWindowStartTicks == 0 ? now : RestartTimeWindowStartTicks;
        if (RestartTimeWindowStartTicks == 0)
        {
            RestartTimeWindowStartTicks = now;
        }

        if (Stopwatch.GetElapsedTime(windowStart, now).TotalMilliseconds <= windowMilliseconds)
        {
            MaxNrOfRetriesCount++;
            return MaxNrOfRetriesCount <= retries;
        }

        MaxNrOfRetriesCount = 1;
        RestartTimeWindowStartTicks = now;
        return true;
    }
}
