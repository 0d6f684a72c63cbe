using System.Diagnostics;
using FedActors.Host.Tests.Support;

namespace FedActors.Models.Tests.Build;

/// <summary>Which libtorch a build takes. The CUDA packages are large, so that the project is evaluated and not built.</summary>
public sealed class TorchDevicePropertyTests
{
    [Theory]
    [InlineData(null, "TorchSharp-cpu")]
    [InlineData("cpu", "TorchSharp-cpu")]
    [InlineData("cuda-windows", "TorchSharp-cuda-windows")]
    [InlineData("cuda-linux", "TorchSharp-cuda-linux")]
    public async Task TorchDevice_chooses_the_package_of_libtorch(string? device, string package)
    {
        var (exitCode, output) = await EvaluateAsync(device, "-getItem:PackageReference");

        var packages = output.Split('\n')
            .Where(line => line.Contains("\"Identity\": \"TorchSharp", StringComparison.Ordinal))
            .Select(line => line.Split('"')[3]);
        Assert.Equal(0, exitCode);
        Assert.Equal(["TorchSharp", package], packages);
    }

    [Fact]
    public async Task Another_device_is_refused_with_those_there_are()
    {
        var (exitCode, output) = await EvaluateAsync("tpu", "-t:CollectPackageReferences");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("TorchDevice is tpu, but must be cpu, cuda-windows or cuda-linux", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> EvaluateAsync(string? device, string question)
    {
        string[] chosen = device is null ? [] : [$"-p:TorchDevice={device}"];
        string[] arguments = ["msbuild", Repository.File("src", "Models", "FedActors.Models.csproj"), question, .. chosen];
        using var evaluation = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await evaluation.StandardOutput.ReadToEndAsync();
        await evaluation.WaitForExitAsync();
        return (evaluation.ExitCode, output);
    }
}
