namespace FedActors.Models.Data;

/// <summary>A data set or one of its files is not there. The message says which, where it was looked for, and what to do.</summary>
public sealed class DataUnavailableException : Exception
{
    /// <summary>Reports data that is not there.</summary>
    /// <param name="message">What is missing, where it was looked for, and what to do.</param>
    /// <param name="innerException">What reading the file ended with, if it was found.</param>
    public DataUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
