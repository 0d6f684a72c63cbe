using System.Text.Json;
using FedActors.Actors.Federation;
using FedActors.Models.Files;

namespace FedActors.Actors.Journal;

/// <summary>The file <c>rounds.jsonl</c>: appended line by line, never left with half a line.</summary>
internal sealed class ResultLines : IDisposable
{
    private readonly FileStream _stream;
    private bool _isForced = true;

    /// <summary>Opens the file and cuts it to a length: what came after belongs to rounds that will be run again.</summary>
    public ResultLines(string path, long length)
    {
        // Unbuffered, so that a refused write can't come back when the stream is closed.
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (_stream.Length > length)
        {
            _stream.SetLength(length);
        }

        _stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Bytes written.</summary>
    public long Length => _stream.Length;

    public void Append(RoundRecord record)
    {
        var start = _stream.Position;
        _isForced = false;
        try
        {
            _stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, ResultJson.Compact), (byte)'\n']);
        }
        catch (IOException)
        {
            DurableFile.TryCut(_stream, start);
            throw;
        }
    }

    /// <summary>Forces to disk what was appended since the last time.</summary>
    public void Flush()
    {
        if (!_isForced)
        {
            _stream.Flush(flushToDisk: true);
            _isForced = true;
        }
    }

    public void Dispose() => _stream.Dispose();
}
