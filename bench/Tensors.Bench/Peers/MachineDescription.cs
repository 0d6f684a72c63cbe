using System.Reflection;
using System.Runtime.InteropServices;
using FedActors.Tensors.Bench.Costs;

namespace FedActors.Tensors.Bench.Peers;

/// <summary>What a figure depends on besides the code.</summary>
internal static class MachineDescription
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    public static string Text(double peak, string? torch) => string.Join(
        Environment.NewLine,
        $"- processor: {Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}",
        $"- peak of one core: {peak / 1e9:F0} GFLOP/s (float32, registers of {CorePeak.Registers})",
        $"- here: {RuntimeInformation.FrameworkDescription}, TorchSharp {TorchSharpPackage()}, one thread",
        torch is null ? "- PyTorch: not measured" : $"- PyTorch: {torch}, one thread");

    private static string Processor()
    {
        var name = File.Exists(LinuxProcessors)
            ? File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return name is null ? "unnamed" : name[(name.IndexOf(':', StringComparison.Ordinal) + 2)..];
    }

    private static string TorchSharpPackage() => typeof(MachineDescription).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "Package.TorchSharp")?.Value ?? "of unknown origin";
}
