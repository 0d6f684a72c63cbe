using System.Text;

namespace FedActors.Actors.Serialization;

/// <summary>Writes the fields of a message one after another; docs/cluster.md describes the form.</summary>
internal sealed class WireWriter
{
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    public WireWriter() => _writer = new BinaryWriter(_stream, Encoding.UTF8);

    public WireWriter Put(long value)
    {
        _writer.Write(value);
        return this;
    }

    public WireWriter Put(int value)
    {
        _writer.Write(value);
        return this;
    }

    public WireWriter Put(double value)
    {
        _writer.Write(value);
        return this;
    }

    public WireWriter Put(bool value)
    {
        _writer.Write(value);
        return this;
    }

    public WireWriter Put(Guid value)
    {
        _writer.Write(value.ToByteArray());
        return this;
    }

    public WireWriter Put(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        _writer.Write(bytes.Length);
        _writer.Write(bytes);
        return this;
    }

    /// <summary>Writes a number that may be missing.</summary>
    public WireWriter Put(int? value) => value is { } number ? Put(true).Put(number) : Put(false);

    public WireWriter Put(int[] values)
    {
        Put(values.Length);
        foreach (var value in values)
        {
            Put(value);
        }

        return this;
    }

    public WireWriter Put(string[] values)
    {
        Put(values.Length);
        foreach (var value in values)
        {
            Put(value);
        }

        return this;
    }

    public byte[] ToArray() => _stream.ToArray();
}
