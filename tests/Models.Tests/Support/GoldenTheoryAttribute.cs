namespace FedActors.Models.Tests.Support;

/// <summary>A theory about reference vectors; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenTheoryAttribute : TheoryAttribute
{
    public GoldenTheoryAttribute()
    {
        if (SharedFolders.Golden is null)
        {
            Skip = "Neither FEDACTORS_GOLDEN nor FEDACTORS_DATA/../golden is a folder.";
        }
    }
}
