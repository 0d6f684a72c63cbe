using System.Collections.Immutable;
using System.Globalization;

namespace FedActors.Actors.Devices;

/// <summary>
/// Reads a trace of device speeds: comma-separated values under a header line that names the columns, in any order. Empty
/// lines and those that begin with # are skipped.
/// </summary>
public static class TraceFile
{
    private const string Device = "device";
    private const string Samples = "samples-per-second";
    private const string Download = "download-bytes-per-second";
    private const string Upload = "upload-bytes-per-second";
    private const string RoundTrip = "round-trip-seconds";

    private static readonly ImmutableArray<string> Required = [Samples, Download, Upload];
    private static readonly ImmutableArray<string> Known = [Device, .. Required, RoundTrip];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TraceException">The file can't be read, or something in it is not what it should be.</exception>
    public static DeviceTrace Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TraceException([$"{path}: there is no such file. devices.trace names a CSV file, or is none."], exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TraceException([$"{path}: the file can't be read: {exception.Message}"], exception);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="TraceException">Something is not what it should be.</exception>
    public static DeviceTrace Parse(string name, string text)
    {
        var rows = text.Split('\n')
            .Select((line, index) => (Number: index + 1, Text: line.Trim()))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .Select(line => new Row(name, line.Number, Fields(line.Text)))
            .ToList();
        var problems = new List<string>();
        if (rows.Count == 0)
        {
            problems.Add($"{name}: there is no header line. It names the columns {string.Join(", ", Required)}.");
        }
        else if (CheckHeader(rows[0], problems) && rows.Count == 1)
        {
            problems.Add($"{name}: there is no line of values below the header.");
        }

        var speeds = problems.Count == 0 ? ReadRows(rows[0].Fields, rows.Skip(1), problems) : [];
        return problems.Count == 0 ? new DeviceTrace(speeds) : throw new TraceException([.. problems]);
    }

    private static string[] Fields(string line) => line.Split(',', StringSplitOptions.TrimEntries);

    private static bool CheckHeader(Row header, List<string> problems)
    {
        var before = problems.Count;
        for (var place = 0; place < header.Fields.Length; place++)
        {
            var column = header.Fields[place];
            if (!Known.Contains(column))
            {
                problems.Add($"{header.Place}, column {place + 1} is called '{column}', but the columns are {string.Join(", ", Known)}.");
            }
            else if (Array.IndexOf(header.Fields, column) < place)
            {
                problems.Add($"{header.Place}, column {place + 1} is called '{column}', but so is an earlier one.");
            }
        }

        problems.AddRange(Required.Except(header.Fields).Select(missing => $"{header.Place}: there is no column '{missing}'."));
        return problems.Count == before;
    }

    private static ImmutableArray<DeviceSpeed> ReadRows(string[] columns, IEnumerable<Row> rows, List<string> problems)
    {
        var speeds = ImmutableArray.CreateBuilder<DeviceSpeed>();
        var devices = new HashSet<int>();
        foreach (var row in rows)
        {
            if (row.Fields.Length != columns.Length)
            {
                problems.Add($"{row.Place}: there are {row.Fields.Length} values, but the header names {columns.Length} columns.");
                continue;
            }

            CheckDevice(row, columns, devices, problems);
            speeds.Add(new DeviceSpeed(
                row.Number(columns, Samples, isRequired: true, problems),
                row.Number(columns, Download, isRequired: true, problems),
                row.Number(columns, Upload, isRequired: true, problems),
                row.Number(columns, RoundTrip, isRequired: false, problems)));
        }

        return speeds.ToImmutable();
    }

    /// <summary>Devices are numbered for the reader only; a number twice is a slip all the same.</summary>
    private static void CheckDevice(Row row, string[] columns, HashSet<int> devices, List<string> problems)
    {
        if (Array.IndexOf(columns, Device) is var place && place < 0)
        {
            return;
        }

        if (!int.TryParse(row.Fields[place], NumberStyles.None, CultureInfo.InvariantCulture, out var device))
        {
            problems.Add($"{row.Place}, column {Device} is '{row.Fields[place]}', but must be a whole number of at least 0.");
        }
        else if (!devices.Add(device))
        {
            problems.Add($"{row.Place}, column {Device} is '{row.Fields[place]}', but so is that of an earlier line.");
        }
    }

    private sealed record Row(string Name, int Line, string[] Fields)
    {
        public string Place => $"{Name}, line {Line}";

        /// <summary>A speed, which is above 0, or an optional time, which is at least 0. A mistake is entered and gives 1.</summary>
        public double Number(string[] columns, string column, bool isRequired, List<string> problems)
        {
            var place = Array.IndexOf(columns, column);
            if (place < 0)
            {
                return 0;
            }

            var isNumber = double.TryParse(Fields[place], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value);
            if (isNumber && (isRequired ? value > 0 : value >= 0))
            {
                return value;
            }

            problems.Add($"{Place}, column {column} is '{Fields[place]}', but must be a number {(isRequired ? "above" : "of at least")} 0.");
            return 1;
        }
    }
}
