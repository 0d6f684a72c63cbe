namespace FedActors.Models.Files;

/// <summary>A file that is on disk beside the place where it will be; see <see cref="DurableFile.Prepare"/>.</summary>
public sealed class PreparedFile : IDisposable
{
    private readonly string _path;
    private string? _temporary;

    internal PreparedFile(string temporary, string path)
    {
        _temporary = temporary;
        _path = path;
    }

    /// <summary>Gives the file its name, in place of what had it before.</summary>
    /// <exception cref="IOException">The disk refused; what had the name before has it still.</exception>
    public void Publish()
    {
        File.Move(_temporary ?? throw new InvalidOperationException("The file was published before."), _path, overwrite: true);
        _temporary = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_temporary is not null)
        {
            DurableFile.TryDelete(_temporary, static _ => { });
        }
    }
}
