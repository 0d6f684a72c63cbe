namespace FedActors.Host.Settings;

/// <summary>A bracket or quote in a HOCON text has no counterpart.</summary>
internal sealed class KeyScannerException : Exception
{
    public KeyScannerException(string problem, int line)
        : base(problem)
    {
        Line = line;
    }

    /// <summary>The line of the bracket or quote, from 1.</summary>
    public int Line { get; }
}
