using System.Collections.Immutable;

namespace FedActors.Actors.Devices;

/// <summary>A trace can't be used. The message has a line for each mistake, with its place, value and what is allowed.</summary>
public sealed class TraceException : Exception
{
    private const int Shown = 20;

    /// <summary>Reports mistakes.</summary>
    /// <param name="problems">At least one, each with its place.</param>
    /// <param name="innerException">What reading the file ended with, if that failed.</param>
    public TraceException(ImmutableArray<string> problems, Exception? innerException = null)
        : base(Describe(problems), innerException)
    {
        Problems = problems;
    }

    /// <summary>The mistakes, in the order of the file.</summary>
    public ImmutableArray<string> Problems { get; }

    private static string Describe(ImmutableArray<string> problems)
    {
        var shown = problems.Take(Shown);
        return string.Join('\n', problems.Length > Shown ? shown.Append($"… and {problems.Length - Shown} more.") : shown);
    }
}
