namespace FedActors.Host.Data;

/// <summary>Data could not be fetched. The message says what to do by hand.</summary>
internal sealed class DownloadException : Exception
{
    public DownloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
