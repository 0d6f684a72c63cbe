using System.Text;

namespace FedActors.Models.Files;

/// <summary>Writes files that are either whole or not there, whatever happens in between.</summary>
public static class DurableFile
{
    /// <summary>Writes beside the target, forces it to disk, and renames.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="IOException">The disk refused; a file that stood at the path before stands there still.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = Prepare(path, write);
        file.Publish();
    }

    /// <summary>Does all of <see cref="Write(string, Action{Stream})"/> but the renaming.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <returns>The file beside the target. It goes when it is disposed of without having been published.</returns>
    /// <exception cref="IOException">The disk refused; nothing is left beside the target.</exception>
    public static PreparedFile Prepare(string path, Action<Stream> write)
    {
        var temporary = path + ".tmp";
        try
        {
            using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
            write(stream);
            stream.Flush(flushToDisk: true);
            return new PreparedFile(temporary, path);
        }
        catch
        {
            TryDelete(temporary, static _ => { });
            throw;
        }
    }

    /// <summary>Writes a text as UTF-8, likewise.</summary>
    /// <param name="path">The target.</param>
    /// <param name="text">The whole content.</param>
    /// <exception cref="IOException">The disk refused; a file that stood at the path before stands there still.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Takes back what a refused write left behind. Where that fails too, the first refusal is the one to report.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="length">Bytes to keep.</param>
    public static void TryCut(FileStream stream, long length)
    {
        try
        {
            stream.SetLength(length);
        }
        catch (IOException)
        {
            // Readers recognise and cut off a torn end themselves.
        }
    }

    /// <summary>Removes a file that nobody needs; where that fails, it only takes room.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warn">Told where it could not be deleted.</param>
    public static void TryDelete(string path, Action<string> warn)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            warn($"{path} could not be deleted: {failure.Message}");
        }
    }
}
