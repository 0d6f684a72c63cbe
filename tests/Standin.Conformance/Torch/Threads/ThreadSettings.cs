using Xunit;

namespace FedActors.Standin.Conformance.Torch.Threads;

/// <summary>Tests that change how many threads the process's operations use, and therefore run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ThreadSettings
{
    public const string Name = "thread settings";
}
