namespace FedActors.Host.Tests.Cluster;

/// <summary>A test of a fault of real processes that takes long; skipped unless <c>FEDACTORS_FAULTS</c> is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaultFactAttribute : FactAttribute
{
    public FaultFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("FEDACTORS_FAULTS")))
        {
            Skip = "Takes half a minute; set FEDACTORS_FAULTS=1 to run it.";
        }
    }
}
