namespace FedActors.Models.Data;

/// <summary>A data file is there but not sound. The message names it, what was expected, and what was found.</summary>
public sealed class CorruptDataException : Exception
{
    /// <summary>Reports a file that is not sound.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What was expected and what was found, as a sentence.</param>
    /// <param name="innerException">What reading the file ended with, if that failed.</param>
    public CorruptDataException(string file, string problem, Exception? innerException = null)
        : base($"{file} is corrupt: {problem} Delete it and get the data again.", innerException)
    {
        File = file;
    }

    /// <summary>The file that is not sound.</summary>
    public string File { get; }
}
