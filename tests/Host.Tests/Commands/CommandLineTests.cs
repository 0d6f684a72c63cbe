using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("run")]
    [InlineData("run", "gone.conf")]
    [InlineData("run", "gone.conf", "--workers", "0")]
    [InlineData("run", "gone.conf", "--workers", "two")]
    [InlineData("run", "gone.conf", "--task-threads", "0")]
    [InlineData("resume", "gone", "--task-threads", "two")]
    [InlineData("run", "gone.conf", "--fast")]
    [InlineData("compare")]
    [InlineData("compare", "gone.conf")]
    [InlineData("resume")]
    [InlineData("resume", "gone")]
    [InlineData("data", "get", "imagenet")]
    [InlineData("config", "show")]
    public async Task Wrong_usage_ends_with_2_and_one_message(params string[] arguments)
    {
        var result = await _host.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.NotEqual("", result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Out);
    }

    [Fact]
    public async Task Wrong_settings_end_with_2_before_anything_is_written()
    {
        _host.Write("wrong.conf", "fedactors.rounds = 0");

        var result = await _host.RunAsync("run", "wrong.conf");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("wrong.conf, line 1: fedactors.rounds is '0'", result.Error, StringComparison.Ordinal);
        Assert.Equal([_host.PathOf("wrong.conf")], Directory.EnumerateFileSystemEntries(_host.Directory));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("compare")]
    public async Task A_device_that_is_not_there_ends_with_2_before_anything_is_written(string command)
    {
        _host.Write("a.conf", "fedactors.device = \"cuda:99\"");

        var result = await _host.RunAsync(command, "a.conf");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("device is cuda:99, but ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal([_host.PathOf("a.conf")], Directory.EnumerateFileSystemEntries(_host.Directory));
    }

    [Fact]
    public async Task Settings_for_a_device_can_be_looked_at_where_it_is_not()
    {
        _host.Write("a.conf", "fedactors.device = \"cuda:99\"");

        var result = await _host.RunAsync("config", "show", "a.conf");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("cuda:99", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_do_not_fit_the_data_end_with_2()
    {
        _host.Write("a.conf", "fedactors.network = resnet8");

        var result = await _host.RunAsync("run", "a.conf");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("resnet8", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter '", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_data_end_with_3_and_say_where_they_were_looked_for()
    {
        _host.Write("a.conf", "fedactors { data.set = mnist }");

        var result = await _host.RunAsync("run", "a.conf");

        Assert.Equal(ExitCode.Data, result.ExitCode);
        Assert.Contains(_host.PathOf("data"), result.Error, StringComparison.Ordinal);
        Assert.Contains("FEDACTORS_DATA", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public async Task Truncated_data_end_with_3_and_name_the_file(string truncated)
    {
        foreach (var (name, content) in TinyMnist.Files)
        {
            Directory.CreateDirectory(_host.PathOf("data"));
            File.WriteAllBytes(_host.PathOf("data", name), name == truncated ? content[..^1] : content);
        }

        _host.Write("a.conf", "fedactors { data.set = mnist }");

        var result = await _host.RunAsync("run", "a.conf");

        Assert.Equal(ExitCode.Data, result.ExitCode);
        Assert.Contains(_host.PathOf("data", truncated), result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.PathOf("runs")));
    }

    [Fact]
    public async Task A_stack_trace_is_shown_only_when_asked_for()
    {
        Assert.DoesNotContain("SettingsException", (await _host.RunAsync("run", "gone.conf")).Error, StringComparison.Ordinal);
        Assert.Contains("SettingsException", (await _host.RunAsync("run", "gone.conf", "--verbose")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_names_product_packages_runtime_and_registers()
    {
        var result = await _host.RunAsync("--version");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Matches(@"(?m)^fedactors +\d+\.\d+\.\d+", result.Out);
        Assert.Matches(@"(?m)^akka +\d+\.\d+\.\d+", result.Out);
        Assert.Matches(@"(?m)^torchsharp +\d+\.\d+\.\d+", result.Out);
        Assert.Matches(@"(?m)^\.NET +\d+\.\d+\.\d+", result.Out);
        Assert.Matches(@"(?m)^SIMD +\d+ bits", result.Out);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("compare", "--help")]
    [InlineData("resume", "--help")]
    [InlineData("data", "--help")]
    [InlineData("data", "get", "--help")]
    [InlineData("data", "check", "--help")]
    [InlineData("config", "--help")]
    [InlineData("config", "show", "--help")]
    public async Task Help_ends_with_examples(params string[] arguments)
    {
        var result = await _host.RunAsync(arguments);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("Usage:", result.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:", result.Out, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Config_show_prints_settings_that_can_be_read_again()
    {
        _host.Write("a.conf", "fedactors.rounds = 7");

        var shown = await _host.RunAsync("config", "show", "a.conf", "--set", "seed=9");
        _host.Write("b.conf", shown.Out);
        var again = await _host.RunAsync("config", "show", "b.conf");

        Assert.Equal(ExitCode.Done, shown.ExitCode);
        Assert.Contains("rounds = 7", shown.Out, StringComparison.Ordinal);
        Assert.Contains("seed = 9", shown.Out, StringComparison.Ordinal);
        Assert.Equal(shown.Out, again.Out);
    }

    [Fact]
    public async Task Config_reference_explains_every_setting()
    {
        var result = await _host.RunAsync("config", "reference");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("# How many rounds to run", result.Out, StringComparison.Ordinal);
    }
}
