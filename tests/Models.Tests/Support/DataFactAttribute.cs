namespace FedActors.Models.Tests.Support;

/// <summary>A fact about a public data set; skipped where the set is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string dataSet)
    {
        if (SharedFolders.Data is not { } data || !Directory.Exists(Path.Combine(data, dataSet)))
        {
            Skip = $"FEDACTORS_DATA names no folder that holds {dataSet}/.";
        }
    }
}
