namespace FedActors.Models.Bench.Workloads;

/// <summary>Work whose time is of interest; everything it needs is ready before the first run.</summary>
internal interface IWorkload
{
    void Run();
}
