using System.IO.Compression;

namespace FedActors.Models.Data;

/// <summary>The files of one data set on disk, each plain or compressed with gzip.</summary>
internal sealed class DataFolder
{
    // Far above every known set; stops a corrupt archive from filling the memory.
    private const long MaxFileBytes = 1L << 30;

    private readonly string _name;
    private readonly string _root;
    private readonly string _folder;

    private DataFolder(string name, string root, string folder)
    {
        _name = name;
        _root = root;
        _folder = folder;
    }

    /// <summary>Finds the folder: <paramref name="directory"/> itself, or the one of the set's name inside it.</summary>
    public static DataFolder Open(string name, string? directory)
    {
        if (string.IsNullOrWhiteSpace(directory))
        {
            throw new DataUnavailableException(
                $"The data set '{name}' is read from files, but no directory is given. {Advice(name)}");
        }

        if (!Directory.Exists(directory))
        {
            throw new DataUnavailableException(
                $"The data set '{name}' was looked for in {directory}, but there is no such directory. {Advice(name)}");
        }

        var inside = Path.Combine(directory, name);
        return new DataFolder(name, directory, Directory.Exists(inside) ? inside : directory);
    }

    /// <summary>Finds a file, plain or gzip, or returns null.</summary>
    public string? Find(string file)
    {
        var plain = Path.Combine(_folder, file);
        return File.Exists(plain) ? plain : File.Exists(plain + ".gz") ? plain + ".gz" : null;
    }

    /// <summary>Finds a file, plain or gzip, or says what to do.</summary>
    public string Require(string file) => Find(file) ?? throw Missing(file);

    public DataUnavailableException Missing(string file)
    {
        var places = _folder == _root ? _folder : $"{_folder} (inside {_root})";
        return new DataUnavailableException(
            $"The data set '{_name}' needs the file {file} or {file}.gz, but neither is in {places}. {Advice(_name)}");
    }

    public static byte[] Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var content = path.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(file, CompressionMode.Decompress)
                : (Stream)file;
            return ReadAll(path, content);
        }
        catch (InvalidDataException exception)
        {
            throw new CorruptDataException(path, "it is not a complete gzip archive.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataUnavailableException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static byte[] ReadAll(string path, Stream content)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MaxFileBytes)
            {
                throw new CorruptDataException(path, $"it unpacks to more than {MaxFileBytes} bytes.");
            }
        }

        return all.ToArray();
    }

    private static string Advice(string name) =>
        $"Set FEDACTORS_DATA (or data.path) to the directory that holds {name}/, or run `fedactors data get {name}`.";
}
