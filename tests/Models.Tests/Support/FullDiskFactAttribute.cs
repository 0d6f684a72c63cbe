namespace FedActors.Models.Tests.Support;

/// <summary>A test that needs a device that is always full, which Linux has.</summary>
internal sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute()
    {
        if (!File.Exists("/dev/full"))
        {
            Skip = "There is no /dev/full on this system.";
        }
    }
}
