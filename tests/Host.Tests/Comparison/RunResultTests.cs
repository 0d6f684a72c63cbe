using FedActors.Host.Comparison;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Comparison;

public sealed class RunResultTests : IDisposable
{
    private const string Summary = """
        {"policy":"none","seed":18446744073709551615,"finalAccuracy":0.5,"finalLoss":"NaN","classAccuracy":[0.25,"NaN"],
         "trainSeconds":1.5,"wallSeconds":2}
        """;

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Results_are_read_with_numbers_that_are_not_finite()
    {
        _host.Write("x/summary.json", Summary);
        _host.Write("x/rounds.jsonl", """{"round":10,"accuracy":0.5,"loss":"NaN","classAccuracy":[0.25,"NaN"]}""" + "\n");

        var result = RunResult.Read(_host.PathOf("x"));

        Assert.Equal(("none", ulong.MaxValue, 0.5), (result.Totals.Policy, result.Totals.Seed, result.Totals.FinalAccuracy));
        Assert.Equal([0.25, double.NaN], result.Totals.ClassAccuracy.AsEnumerable());
        Assert.Equal((10, 0.5), (Assert.Single(result.Rounds).Round, result.Rounds[0].Accuracy));
    }

    [Fact]
    public void Results_of_conversion_are_read_where_a_run_wrote_them()
    {
        _host.Write("x/summary.json", Summary.TrimEnd('}', '\n') + ""","inversionSeconds":3,"conversions":4,"switchRound":250,"stalenessCounts":[1,0,0,0,0,0,2,0,0]}""");
        _host.Write(
            "x/rounds.jsonl",
            """{"round":10,"accuracy":0.5,"classAccuracy":[0.25],"updates":9,"meanStaleness":2,"errorRatio":"Infinity","inversionWeight":0.5}""");

        var result = RunResult.Read(_host.PathOf("x"));

        Assert.Equal(
            ("x", 3.0, 4, 250), (result.Folder, result.Totals.InversionSeconds, result.Totals.Conversions, result.Totals.SwitchRound));
        Assert.Equal([1, 0, 0, 0, 0, 0, 2, 0, 0], result.Totals.StalenessCounts.Counts.AsEnumerable());
        Assert.Equal((2.0, double.PositiveInfinity, 0.5), (result.MeanStaleness, result.Rounds[0].ErrorRatio, result.Rounds[0].InversionWeight));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"round":10""")]
    public void Files_that_no_run_wrote_are_told_with_their_folder(string line)
    {
        _host.Write("x/summary.json", Summary);
        _host.Write("x/rounds.jsonl", line);

        var error = Assert.Throws<RunFailedException>(() => RunResult.Read(_host.PathOf("x")));

        Assert.Contains(_host.PathOf("x"), error.Message, StringComparison.Ordinal);
    }
}
