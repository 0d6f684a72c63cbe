using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TestHost _host = new();

    public CompareCommandTests()
    {
        _host.Write("a.conf", "fedactors.rounds = 2");
    }

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("--policies is 'fresh,fresh'", "--policies", "fresh,fresh")]
    [InlineData("one of fresh, none, drop, constant", "--policies", "fresh,frosh")]
    [InlineData("--policies is empty", "--policies", "")]
    [InlineData("names 1 more than once", "--seeds", "1,01")]
    [InlineData("--seeds: fedactors.seed is '-1'", "--seeds", "1,-1")]
    [InlineData("--out is empty", "--out", "")]
    [InlineData("'0'", "--workers", "0")]
    [InlineData("'0'", "--parallel", "0")]
    [InlineData("from 1 to 2", "--at", "3")]
    [InlineData("not evaluated", "--at", "1")]
    [InlineData("names 2 more than once", "--at", "2,02")]
    [InlineData("up to 100", "--goals", "80,101")]
    [InlineData("--goals is empty", "--goals", "")]
    [InlineData("resnet8", "--set", "network=resnet8")]
    [InlineData("fedactors.rounds is '0'", "--set", "rounds=0")]
    public async Task Wrong_usage_ends_with_2_before_anything_starts(string reason, params string[] arguments)
    {
        var result = await _host.RunAsync(["compare", "a.conf", .. arguments]);

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Out));
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Equal([_host.PathOf("a.conf")], Directory.EnumerateFileSystemEntries(_host.Directory));
    }

    [Fact]
    public async Task Every_mistake_is_told_once_and_in_one_message()
    {
        var result = await _host.RunAsync("compare", "a.conf", "--policies", "none,warm,cold", "--seeds", "1,2,x");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith("There are 3 mistakes", result.Error, StringComparison.Ordinal);
        foreach (var mistake in new[] { "'warm'", "'cold'", "'x'" })
        {
            Assert.Equal(2, result.Error.Split(mistake).Length);
        }
    }

    [Fact]
    public async Task Missing_data_end_with_3()
    {
        var result = await _host.RunAsync("compare", "a.conf", "--set", "data.set=mnist");

        Assert.Equal((ExitCode.Data, ""), (result.ExitCode, result.Out));
    }
}
