namespace FedActors.Models.Tests.Support;

/// <summary>A test of what is so on Linux alone; skipped elsewhere, with a reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute(string reason)
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = reason;
        }
    }
}
