using System.Text.Json;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Journal;

public sealed class ResultLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_record_is_a_line_of_json()
    {
        using (var lines = Open(0))
        {
            lines.Append(Records.Round(2));
            lines.Append(Records.Round(3));
        }

        var written = File.ReadAllLines(ResultsPath).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([2, 3], written.Select(line => line.GetProperty("round").GetInt32()));
        Assert.Equal(
            [
                "round", "version", "virtualSeconds", "wallSeconds", "accuracy", "loss", "classAccuracy", "updates",
                "staleUpdates", "convertedUpdates", "meanStaleness", "errorRatio", "inversionWeight", "stalenessCounts",
            ],
            written[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("NaN", written[1].GetProperty("loss").GetString());
    }

    [Fact]
    public void What_came_after_the_checkpoint_is_cut_off()
    {
        long length;
        using (var lines = Open(0))
        {
            lines.Append(Records.Round(1));
            length = lines.Length;
            lines.Append(Records.Round(2));
        }

        using (var lines = Open(length))
        {
            lines.Append(Records.Round(4));
        }

        Assert.Equal([1, 4], Rounds());
    }

    [Fact]
    public void A_file_shorter_than_the_checkpoint_says_is_not_filled_up()
    {
        using (var lines = Open(0))
        {
            lines.Append(Records.Round(1));
        }

        using (var lines = Open(1_000_000))
        {
            lines.Append(Records.Round(2));
        }

        Assert.Equal([1, 2], Rounds());
    }

    [Fact]
    public void Lines_can_be_read_while_the_run_goes_on()
    {
        using var lines = Open(0);
        lines.Append(Records.Round(1));

        using var reader = new StreamReader(new FileStream(ResultsPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.NotNull(reader.ReadLine());
    }

    [FullDiskFact]
    public void A_full_disk_throws_on_the_line_it_has_no_room_for_and_not_again_on_closing()
    {
        File.CreateSymbolicLink(ResultsPath, "/dev/full");
        var lines = Open(0);

        Assert.Throws<IOException>(() => lines.Append(Records.Round(1)));
        lines.Dispose();
    }

    private string ResultsPath => Path.Combine(_folder.Root, "rounds.jsonl");

    private ResultLines Open(long length) => new(ResultsPath, length);

    private IEnumerable<int> Rounds() =>
        File.ReadAllLines(ResultsPath).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("round").GetInt32());
}
