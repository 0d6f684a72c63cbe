using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Warnings about what others send. Whoever floods this system with nonsense must not flood its log as well, so after some
/// only their number is kept, and told with the next one that is logged.
/// </summary>
internal sealed class Complaints(ILoggingAdapter log)
{
    private const int AtOnce = 20;
    private const long Window = 10_000;

    private readonly Lock _lock = new();
    private long _windowEnds;
    private int _left;
    private long _unlogged;
    private long _total;

    public void Add(string what, Exception cause = null, LogLevel level = LogLevel.WarningLevel)
    {
        string text;
        lock (_lock)
        {
            _total++;
            var now = Environment.TickCount64;
            if (now >= _windowEnds)
            {
                _windowEnds = now + Window;
                _left = AtOnce;
            }

            if (_left == 0)
            {
                _unlogged++;
                return;
            }

            _left--;
            text = _unlogged == 0 ? what : $"{what} ({_unlogged} more were not logged, {_total} in all)";
            _unlogged = 0;
        }

        log.Log(level, cause, text);
    }
}
