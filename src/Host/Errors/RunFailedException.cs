namespace FedActors.Host.Errors;

/// <summary>A run could not go on. The message says why, and whether it can be resumed.</summary>
internal sealed class RunFailedException : Exception
{
    public RunFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
