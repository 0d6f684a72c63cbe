using FedActors.Actors.Devices;

namespace FedActors.Actors.Tests.Devices.Latency;

public sealed class TraceFileTests
{
    private const string Header = "samples-per-second,download-bytes-per-second,upload-bytes-per-second";

    [Fact]
    public void Columns_are_found_by_their_names_and_optional_ones_may_be_missing()
    {
        var plain = TraceFile.Parse("t.csv", $"{Header}\n10,200,50\n 2.5 , 1e3 , 7 \n");
        var full = TraceFile.Parse(
            "t.csv",
            "# devices of a test\r\n\r\nround-trip-seconds,upload-bytes-per-second,device,samples-per-second,download-bytes-per-second\r\n0.5,50,7,10,200\r\n");

        Assert.Equal([new DeviceSpeed(10, 200, 50, 0), new DeviceSpeed(2.5, 1000, 7, 0)], plain.Speeds.AsEnumerable());
        Assert.Equal(new DeviceSpeed(10, 200, 50, 0.5), Assert.Single(full.Speeds));
    }

    [Theory]
    [InlineData("", "t.csv: there is no header line. It names the columns samples-per-second, download")]
    [InlineData("# nothing\n", "t.csv: there is no header line.")]
    [InlineData(Header, "t.csv: there is no line of values below the header.")]
    [InlineData("10,200,50\n", "t.csv, line 1, column 1 is called '10', but the columns are device, samples-per-second,")]
    [InlineData("samples-per-second\n1\n", "t.csv, line 1: there is no column 'download-bytes-per-second'.")]
    [InlineData($"{Header},samples-per-second\n1,1,1,1\n", "t.csv, line 1, column 4 is called 'samples-per-second', but so is an earlier one.")]
    [InlineData($"{Header}\n1,1,1\n1,1\n", "t.csv, line 3: there are 2 values, but the header names 3 columns.")]
    [InlineData($"#\n{Header}\n\nfast,1,1\n", "t.csv, line 4, column samples-per-second is 'fast', but must be a number above 0.")]
    [InlineData($"{Header}\n1,0,1\n", "t.csv, line 2, column download-bytes-per-second is '0', but must be a number above 0.")]
    [InlineData($"{Header}\n1,1,-3\n", "t.csv, line 2, column upload-bytes-per-second is '-3', but must be a number above 0.")]
    [InlineData($"{Header}\n1,1,Infinity\n", "t.csv, line 2, column upload-bytes-per-second is 'Infinity'")]
    [InlineData($"{Header}\n1,1,\n", "t.csv, line 2, column upload-bytes-per-second is '', but must be a number above 0.")]
    [InlineData($"{Header},round-trip-seconds\n1,1,1,-1\n", "column round-trip-seconds is '-1', but must be a number of at least 0.")]
    [InlineData($"{Header},device\n1,1,1,1.5\n", "t.csv, line 2, column device is '1.5', but must be a whole number of at least 0.")]
    [InlineData($"{Header},device\n1,1,1,4\n1,1,1,4\n", "t.csv, line 3, column device is '4', but so is that of an earlier line.")]
    public void A_mistake_is_reported_with_its_place_value_and_what_is_allowed(string text, string problem)
    {
        var error = Assert.Throws<TraceException>(() => TraceFile.Parse("t.csv", text));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_but_not_without_end()
    {
        var two = Assert.Throws<TraceException>(() => TraceFile.Parse("t.csv", $"{Header}\n0,1,1\n1,1,x\n"));
        var many = Assert.Throws<TraceException>(
            () => TraceFile.Parse("t.csv", $"{Header}\n{string.Concat(Enumerable.Repeat("0,0,0\n", 100))}"));

        Assert.Equal(2, two.Problems.Length);
        Assert.Equal(300, many.Problems.Length);
        Assert.EndsWith("… and 280 more.", many.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("gone.csv");

        var error = Assert.Throws<TraceException>(() => TraceFile.Read(path));

        Assert.StartsWith($"{path}: there is no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_covers_the_speeds_and_not_how_they_are_written()
    {
        var own = TraceFile.Parse("a.csv", $"{Header}\n10,200,50\n");
        var spelled = TraceFile.Parse("b.csv", $"# again\nround-trip-seconds,{Header}\n0.0, 1e1 ,200.0,50\n");

        Assert.Equal(own.Fingerprint, spelled.Fingerprint);
        Assert.NotEqual(own.Fingerprint, TraceFile.Parse("a.csv", $"{Header}\n10,200,51\n").Fingerprint);
        Assert.NotEqual(own.Fingerprint, TraceFile.Parse("a.csv", $"{Header}\n10,200,50\n10,200,50\n").Fingerprint);
    }

    [Fact]
    public void A_trace_is_repeated_where_there_are_more_clients_than_devices()
    {
        var trace = TraceFile.Parse("t.csv", $"{Header}\n1,1,1\n2,1,1\n3,1,1\n");

        Assert.Equal([1.0, 2, 3, 1, 2], Enumerable.Range(0, 5).Select(client => trace.Of(client).SamplesPerSecond));
    }
}
