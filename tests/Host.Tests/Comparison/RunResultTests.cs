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
