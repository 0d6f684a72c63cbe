namespace FedActors.Host.Settings;

/// <summary>Where data files are looked for.</summary>
internal static class DataLocation
{
    /// <summary>The environment variable that names the folder of all data sets.</summary>
    public const string Variable = "FEDACTORS_DATA";

    /// <summary>The folder in the settings, else that of the environment, else <c>data</c> where the program was started.</summary>
    /// <param name="configured">The path in the settings, or null.</param>
    /// <param name="directory">What relative paths start from.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    public static string Find(string? configured, string directory, Func<string, string?> variable)
    {
        var path = configured ?? (variable(Variable) is { Length: > 0 } named ? named : "data");
        return Path.GetFullPath(path, directory);
    }
}
