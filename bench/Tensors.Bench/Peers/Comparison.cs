using FedActors.Tensors.Bench.Costs;

namespace FedActors.Tensors.Bench.Peers;

/// <summary>
/// Times the same work here and in PyTorch, turn by turn, so that whatever else the machine does falls on both, and
/// prints the medians as a Markdown table.
/// </summary>
internal static class Comparison
{
    public static int Run(PeerOptions options, TextWriter output)
    {
        var rows = ComparisonRow.All.Where(row => row.Id.Contains(options.Only, StringComparison.Ordinal)).ToArray();
        if (rows.Length == 0)
        {
            output.WriteLine($"No row is called '{options.Only}'. There are {string.Join(", ", ComparisonRow.All.Select(row => row.Id))}.");
            return 1;
        }

        using var peer = TorchPeer.TryStart(options.Python, output);
        var peak = CorePeak.Measure();
        output.WriteLine(MachineDescription.Text(peak, peer?.Version));
        output.WriteLine();

        var measurements = Array.ConvertAll(rows, row => new Measurement(row));
        foreach (var measurement in measurements)
        {
            measurement.Prepare(peer);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var measurement in measurements)
            {
                measurement.TakeTurns(peer);
            }
        }

        ResultTable.Write(output, measurements, peak);
        foreach (var measurement in measurements)
        {
            measurement.Dispose();
        }

        return 0;
    }
}
