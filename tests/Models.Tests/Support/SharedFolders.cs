namespace FedActors.Models.Tests.Support;

/// <summary>Where the reference vectors and the public data sets lie, if this machine has them.</summary>
internal static class SharedFolders
{
    /// <summary>FEDACTORS_DATA: the folder that holds mnist/ and cifar10/.</summary>
    public static string? Data => Existing(Environment.GetEnvironmentVariable("FEDACTORS_DATA"));

    /// <summary>FEDACTORS_GOLDEN, or the folder golden/ beside the data.</summary>
    public static string? Golden =>
        Existing(Environment.GetEnvironmentVariable("FEDACTORS_GOLDEN"))
        ?? (Data is { } data ? Existing(Path.Combine(data, "..", "golden")) : null);

    private static string? Existing(string? folder) => Directory.Exists(folder) ? folder : null;
}
