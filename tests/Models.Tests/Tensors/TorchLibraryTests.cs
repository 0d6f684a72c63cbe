using System.Globalization;
using FedActors.Models.Tensors;

namespace FedActors.Models.Tests.Tensors;

/// <summary>What is said of the words of the system's loader, which are those that Linux prints.</summary>
public sealed class TorchLibraryTests
{
    private const string Searched = """
        Unable to load shared library 'LibTorchSharp' or one of its dependencies.
        /app/runtimes/linux-x64/native/LibTorchSharp.so: cannot open shared object file: No such file or directory
        {0}
        /app/libLibTorchSharp.so: cannot open shared object file: No such file or directory
        """;

    [Fact]
    public void Here_the_libraries_load() => TorchLibrary.Load();

    [Fact]
    public void A_system_with_an_old_libstdcpp_is_told_which_version_is_missing_and_where()
    {
        var text = Explain("/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)");

        Assert.Contains("LibTorchSharp", text, StringComparison.Ordinal);
        Assert.Contains("it needs GLIBCXX_3.4.32, which /lib/x86_64-linux-gnu/libstdc++.so.6 of this system lacks", text, StringComparison.Ordinal);
        Assert.Contains("GCC 13", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_with_an_old_C_library_is_not_told_to_build_again()
    {
        var text = Explain("/lib/libc.so.6: version `GLIBC_2.38' not found (required by /app/libtorch_cpu.so)");

        Assert.Contains("it needs GLIBC_2.38, which /lib/libc.so.6 of this system lacks", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Build", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_of_the_system_that_is_not_there_is_named()
    {
        var text = Explain("libgomp.so.1: cannot open shared object file: No such file or directory");

        Assert.Contains("it needs libgomp.so.1, which this system lacks", text, StringComparison.Ordinal);
        Assert.Contains("Install the package", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/app/libLibTorchSharp.so: undefined symbol: _ZN3c10")]
    [InlineData("/app/libLibTorchSharp.so: invalid ELF header")]
    [InlineData("/app/libLibTorchSharp.so: file too short")]
    public void A_library_that_is_damaged_or_does_not_fit_is_named_in_the_loaders_words(string error) =>
        Assert.Contains(error, Explain(error), StringComparison.Ordinal);

    [Fact]
    public void A_library_that_is_nowhere_is_to_be_built_or_published_for_this_platform()
    {
        var text = Explain("/app/libLibTorchSharp: cannot open shared object file: No such file or directory");

        Assert.Contains("it isn't beside the program", text, StringComparison.Ordinal);
        Assert.Matches("publish with `-r (linux-x64|win-x64|osx-arm64)`|There is none for ", text);
    }

    [Fact]
    public void Every_text_says_where_to_read_on() => Assert.EndsWith("tells more.", Explain("anything"), StringComparison.Ordinal);

    private static string Explain(string error) =>
        TorchLibrary.Explain("LibTorchSharp", string.Format(CultureInfo.InvariantCulture, Searched, error));
}
