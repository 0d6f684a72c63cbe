namespace FedActors.Tensors.Bench.Peers;

/// <summary>Measurements as a Markdown table, ready for docs/performance.md.</summary>
internal static class ResultTable
{
    private const string Absent = "–";

    public static void Write(TextWriter output, IReadOnlyList<Measurement> measurements, double peak)
    {
        output.WriteLine("| work | PyTorch ms | here ms | times as fast | goal | GFLOP/s | of peak | managed bytes |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var measurement in measurements)
        {
            output.WriteLine(Line(measurement, peak));
        }
    }

    private static string Line(Measurement measurement, double peak)
    {
        var row = measurement.Row;
        var speed = row.Operations / measurement.Ours * 1e3;
        var theirs = measurement.Theirs is { } time ? $"{time:F2}" : Absent;
        var ratio = measurement.Theirs / measurement.Ours is { } times ? $"{times:F2}" : Absent;
        return $"| {row.Title} | {theirs} | {measurement.Ours:F2} | {ratio} | {row.Goal:0.0} "
            + $"| {speed / 1e9:F1} | {speed / peak:P0} | {measurement.Bytes:N0} |";
    }
}
