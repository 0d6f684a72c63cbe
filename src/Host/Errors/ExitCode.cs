namespace FedActors.Host.Errors;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Done = 0;

    /// <summary>The command line or the settings are wrong. Nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>Data are missing or corrupt.</summary>
    public const int Data = 3;

    /// <summary>Something failed on the way.</summary>
    public const int Failed = 4;

    /// <summary>Stopped from outside, in good order: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
