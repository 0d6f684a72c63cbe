namespace FedActors.Host.Settings;

/// <summary>Dotted names of settings, such as <c>fedactors.data.clients</c>.</summary>
internal static class SettingPath
{
    /// <summary>The section that belongs to FedActors.</summary>
    public const string Product = "fedactors";

    /// <summary>The section that is handed to the actor system as it is.</summary>
    public const string Engine = "akka";

    /// <summary>The name of a key inside a section; a key with a dot in it is quoted.</summary>
    public static string Append(string path, string key)
    {
        var part = key.Contains('.') ? $"\"{key}\"" : key;
        return path.Length == 0 ? part : $"{path}.{part}";
    }
}
