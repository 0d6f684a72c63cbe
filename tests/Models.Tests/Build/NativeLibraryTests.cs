using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FedActors.Build;
using FedActors.Host.Tests.Support;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Build;

/// <summary>TorchSharp's own native library, as the package brings it and as it lies beside these tests.</summary>
public sealed partial class NativeLibraryTests
{
    private const string NeededVersion = "GLIBCXX_3.4.32";

    private static readonly string Packaged = typeof(NativeLibraryTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PackagedLibrary").Value!;

    private static string BesideTheTests =>
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    [Fact]
    public void The_build_knows_the_library_of_the_package()
    {
        var targets = File.ReadAllText(Repository.File("build", "NativeLibraries.targets"));

        Assert.Equal(KnownHash().Match(targets).Groups[1].Value, HashOf(File.ReadAllBytes(Packaged)));
        Assert.Contains($"Version=\"{NeededVersion}\"", targets, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bit_of_the_library_is_changed()
    {
        var before = File.ReadAllBytes(Packaged);
        var after = before.ToArray();

        VersionNeeds.Loosen(after, NeededVersion);

        var changed = Assert.Single(Enumerable.Range(0, before.Length), index => before[index] != after[index]);
        Assert.Equal((0, 2), (before[changed], after[changed]));
    }

    [LinuxFact("Other systems load the library of the package.")]
    public void Programs_get_the_changed_library_only_where_the_system_needs_it()
    {
        var expected = File.ReadAllBytes(Packaged);
        if (SystemLibrary.LacksGcc13())
        {
            VersionNeeds.Loosen(expected, NeededVersion);
        }

        Assert.Equal(HashOf(expected), HashOf(File.ReadAllBytes(BesideTheTests)));
    }

    [Fact]
    public void A_library_with_another_hash_is_not_copied_and_an_earlier_copy_goes()
    {
        using var folder = new TemporaryFolder();
        var library = folder.At("library.so");
        var output = folder.At("output", "library.so");
        File.WriteAllBytes(library, [.. File.ReadAllBytes(Packaged), 0]);
        File.WriteAllText(output, "of an earlier build");

        var task = new LoosenVersionNeed
        {
            Library = library,
            Output = output,
            Sha256 = HashOf(File.ReadAllBytes(Packaged)),
            Version = NeededVersion,
        };

        Assert.True(task.Execute());
        Assert.False(File.Exists(output));
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex("Sha256=\"([0-9a-f]{64})\"")]
    private static partial Regex KnownHash();
}
