namespace Akka.Pattern;

/// <summary>When the memory of past failures ends.</summary>
public interface IBackoffReset
{
}

/// <summary>When the child says so.</summary>
internal sealed class ManualReset : IBackoffReset
{
}

/// <summary>When the child has lived for a while.</summary>
internal sealed class AutoReset(TimeSpan resetBackoff) : IBackoffReset
{
    public TimeSpan ResetBackoff { get; } = resetBackoff;
}
