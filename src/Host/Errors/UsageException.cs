namespace FedActors.Host.Errors;

/// <summary>The command can't be carried out as it was given. The message says why, and what to do instead.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
