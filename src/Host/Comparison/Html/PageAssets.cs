namespace FedActors.Host.Comparison.Html;

/// <summary>Files that are built into the program for its pages.</summary>
internal static class PageAssets
{
    /// <summary>The text of a file in this folder of the sources.</summary>
    public static string Read(string name)
    {
        var resource = $"FedActors.Host.{name}";
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The program was built without {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
