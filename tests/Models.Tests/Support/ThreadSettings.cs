namespace FedActors.Models.Tests.Support;

/// <summary>Tests that change how many threads the process's tasks use, and therefore run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ThreadSettings
{
    public const string Name = "thread settings";
}
