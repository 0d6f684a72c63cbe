namespace FedActors.Host.Terminal;

/// <summary>A table of text in aligned columns, fit for terminals and pipes alike.</summary>
internal sealed class PlainTable
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];
    private readonly string[] _header;

    public PlainTable(params string[] header)
    {
        _header = header;
    }

    /// <summary>Whether there is nothing below the header.</summary>
    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter output)
    {
        var widths = _header.Select((title, column) => _rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        foreach (var row in _rows.Prepend(_header))
        {
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
