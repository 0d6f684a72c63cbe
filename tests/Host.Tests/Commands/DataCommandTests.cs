using System.Net;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private const string First = "https://first.example/mnist/";
    private const string Second = "https://second.example/mnist/";
    private const string Labels = "t10k-labels-idx1-ubyte";

    private readonly FakeMirror _mirror = new();
    private readonly TestHost _host;

    public DataCommandTests()
    {
        _host = new TestHost { Time = new ImpatientTime(), Http = () => _mirror };
    }

    public void Dispose()
    {
        _host.Dispose();
        _mirror.Dispose();
    }

    [Fact]
    public async Task Get_fetches_verifies_and_puts_in_place()
    {
        ServeAll(First);

        var result = await GetAsync($"\"{First}\"");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains("20 training and 10 test images", result.Out, StringComparison.Ordinal);
        Assert.Equal(
            TinyMnist.Files.Keys.Select(name => $"{name}.gz").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(_host.PathOf("data", "mnist")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_a_second_time_fetches_nothing()
    {
        ServeAll(First);
        await GetAsync($"\"{First}\"");
        var requests = _mirror.Requests.Count;

        var result = await GetAsync($"\"{First}\"");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(requests, _mirror.Requests.Count);
        Assert.Contains("there already", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_turns_to_the_next_mirror()
    {
        ServeAll(Second);
        _mirror.Fail($"{First}{Labels}.gz", HttpStatusCode.ServiceUnavailable);

        Assert.Equal(ExitCode.Done, (await GetAsync($"\"{First}\", \"{Second}\"")).ExitCode);
    }

    [Fact]
    public async Task Get_rejects_other_content_and_leaves_nothing_that_looks_right()
    {
        ServeAll(First);
        _mirror.Serve($"{First}{Labels}.gz", FakeMirror.Pack([1, 2, 3]));

        var result = await GetAsync($"\"{First}\"");

        Assert.Equal(ExitCode.Data, result.ExitCode);
        Assert.Contains("SHA-256", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_host.PathOf("data", "mnist"), $"{Labels}*"));
    }

    [Fact]
    public async Task Get_rejects_an_incomplete_archive()
    {
        ServeAll(First);
        _mirror.Serve($"{First}{Labels}.gz", FakeMirror.Pack(TinyMnist.Files[Labels])[..^12]);

        Assert.Equal(ExitCode.Data, (await GetAsync($"\"{First}\"")).ExitCode);
    }

    [Fact]
    public async Task Get_without_network_says_what_to_put_where()
    {
        var result = await GetAsync($"\"{First}\"");

        Assert.Equal(ExitCode.Data, result.ExitCode);
        Assert.Contains("No such host", result.Error, StringComparison.Ordinal);
        Assert.Contains(_host.PathOf("data", "mnist"), result.Error, StringComparison.Ordinal);
        Assert.Contains("FEDACTORS_DATA", result.Error, StringComparison.Ordinal);
        Assert.All(TinyMnist.Files.Keys, name => Assert.Contains($"{First}{name}.gz", result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_of_a_set_that_is_not_published_here_says_where_it_is()
    {
        var result = await _host.RunAsync("data", "get", "cifar10");

        Assert.Equal(ExitCode.Data, result.ExitCode);
        Assert.Contains("https://", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_reads_every_file()
    {
        Unpack();

        var result = await _host.RunAsync("data", "check", "data");

        // Sound files, though not the published ones.
        Assert.Equal(ExitCode.Data, result.ExitCode);
        Assert.Contains("20 + 10", result.Out, StringComparison.Ordinal);
        Assert.Contains("not as published", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_a_truncated_file()
    {
        Unpack();
        File.WriteAllBytes(_host.PathOf("data", "mnist", Labels), TinyMnist.Files[Labels][..^1]);

        var result = await _host.RunAsync("data", "check", "data");

        Assert.Equal(ExitCode.Data, result.ExitCode);
        Assert.Contains(_host.PathOf("data", "mnist", Labels), result.Error, StringComparison.Ordinal);
        Assert.Contains("corrupt", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_a_folder_without_data_ends_with_3()
    {
        Assert.Equal(ExitCode.Data, (await _host.RunAsync("data", "check", "gone")).ExitCode);
        Assert.Equal(ExitCode.Data, (await _host.RunAsync("data", "check", ".")).ExitCode);
    }

    [Fact]
    public async Task List_says_what_is_there_and_what_is_missing()
    {
        var result = await _host.RunAsync("data", "list");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Matches(@"(?m)^glyphs .*10000 \+ 2000 .*1×28×28 .*ready\r?$", result.Out);
        Assert.Matches(@"(?m)^mnist .*missing\r?$", result.Out);
        Assert.Matches(@"(?m)^cifar10 .*missing\r?$", result.Out);
    }

    private Task<CommandResult> GetAsync(string mirrors) => _host.RunAsync(["data", "get", "mnist", .. TinyMnist.Overrides(mirrors)]);

    private void ServeAll(string mirror)
    {
        foreach (var (name, content) in TinyMnist.Files)
        {
            _mirror.Serve($"{mirror}{name}.gz", FakeMirror.Pack(content));
        }
    }

    private void Unpack()
    {
        Directory.CreateDirectory(_host.PathOf("data", "mnist"));
        foreach (var (name, content) in TinyMnist.Files)
        {
            File.WriteAllBytes(_host.PathOf("data", "mnist", name), content);
        }
    }
}
