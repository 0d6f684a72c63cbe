using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedActors.Host;

/// <summary>What was built, and what it runs on.</summary>
internal static class ProductVersion
{
    private const string PackagePrefix = "Package.";

    private static readonly Assembly Product = typeof(ProductVersion).Assembly;

    /// <summary>The product's version, such as <c>0.1.0</c>.</summary>
    public static string Number { get; } =
        Product.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The packages that a run's results depend on, in lower case, each with its version.</summary>
    public static ImmutableSortedDictionary<string, string> Packages { get; } = Product
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(attribute => attribute.Key.StartsWith(PackagePrefix, StringComparison.Ordinal))
        .ToImmutableSortedDictionary(
            attribute => attribute.Key[PackagePrefix.Length..].ToLowerInvariant(),
            attribute => attribute.Value ?? "unknown");

    /// <summary>All of it, a line each.</summary>
    public static string Describe()
    {
        const int column = -12;
        var lines = new List<string> { $"{"fedactors",column}{Number}" };
        lines.AddRange(Packages.Select(package => $"{package.Key,column}{package.Value}"));
        lines.Add($"{".NET",column}{Environment.Version} on {RuntimeInformation.RuntimeIdentifier}");
        lines.Add($"{"SIMD",column}{SimdBits()} bits");
        return string.Join(Environment.NewLine, lines);
    }

    private static int SimdBits() =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 64;
}
