using FedActors.Actors.Federation;

namespace FedActors.Host.Terminal;

/// <summary>Measures how long a run has taken in this process, and guesses how long it will.</summary>
internal sealed class RunClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private int? _firstRound;

    public RunClock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>What is left if the other rounds take as long as those so far; null before there is one.</summary>
    public TimeSpan? Left(RunProgress progress)
    {
        // A resumed run begins in the middle; rounds done before must not count as fast ones.
        _firstRound ??= Math.Max(0, progress.Round - 1);
        var done = progress.Round - _firstRound.Value;
        return done > 0 ? Elapsed / done * (progress.Rounds - progress.Round) : null;
    }
}
