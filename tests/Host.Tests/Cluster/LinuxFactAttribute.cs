namespace FedActors.Host.Tests.Cluster;

/// <summary>A test of what works on Linux alone; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Trusts an authority of its own through SSL_CERT_FILE, which only Linux heeds.";
        }
    }
}
