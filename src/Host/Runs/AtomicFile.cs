namespace FedActors.Host.Runs;

/// <summary>Writes files that are there as a whole or not at all.</summary>
internal static class AtomicFile
{
    private const string Unfinished = ".part";

    /// <summary>Writes a text.</summary>
    /// <exception cref="IOException">The file can't be written; what was there before stays.</exception>
    public static void WriteAllText(string path, string text)
    {
        var part = path + Unfinished;
        try
        {
            using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                using var writer = new StreamWriter(stream);
                writer.Write(text);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
