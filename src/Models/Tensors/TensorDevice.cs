using System.Globalization;
using static TorchSharp.torch;

namespace FedActors.Models.Tensors;

/// <summary>Where tensors are computed: on the processor, or on one of the machine's CUDA devices.</summary>
public sealed record TensorDevice
{
    private const string Cuda = "cuda";
    private const string CudaLibrary = "torch_cuda";

    private readonly int? _cuda;

    private TensorDevice(int? cuda) => _cuda = cuda;

    /// <summary>The processor.</summary>
    public static TensorDevice Cpu { get; } = new((int?)null);

    /// <summary><c>cpu</c>, or <c>cuda:N</c> with the number of the device from 0.</summary>
    public string Name => _cuda is { } index ? $"{Cuda}:{index}" : "cpu";

    /// <summary><c>cpu</c> or <c>cuda</c>: what the bits of a result depend on.</summary>
    public string Kind => IsCpu ? "cpu" : Cuda;

    /// <summary>Whether it is the processor.</summary>
    public bool IsCpu => _cuda is null;

    /// <summary>As TorchSharp names it.</summary>
    public Device Torch => _cuda is { } index ? device(TorchSharp.DeviceType.CUDA, index) : CPU;

    /// <summary>Whether a text names a device, be it there or not.</summary>
    /// <param name="text"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    public static bool IsName(string text) => text is "auto" or "cpu" || CudaIndex(text) is not null;

    /// <summary>The device that a tensor is on.</summary>
    public static TensorDevice Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.device_type == TorchSharp.DeviceType.CUDA ? new TensorDevice(tensor.device_index) : Cpu;
    }

    /// <summary>Finds the device that is meant on this machine.</summary>
    /// <param name="text">
    /// <c>cpu</c>; <c>cuda</c>, the first of the CUDA devices; <c>cuda:N</c>; or <c>auto</c>, which takes the first CUDA device
    /// where there is one and the processor elsewhere.
    /// </param>
    /// <exception cref="DeviceUnavailableException">It names no device, or one that this machine or this build lacks.</exception>
    /// <exception cref="TorchUnavailableException">libtorch, or its part for CUDA, is there and can't be loaded.</exception>
    public static TensorDevice Choose(string text)
    {
        TorchLibrary.Load();
        var isBuilt = text != "cpu" && TorchLibrary.IsThere(CudaLibrary);
        if (isBuilt)
        {
            TorchLibrary.Load(CudaLibrary);
        }

        return Choose(text, isBuilt, isBuilt && cuda.is_available() ? cuda.device_count() : 0);
    }

    /// <summary>Chooses among a number of CUDA devices.</summary>
    internal static TensorDevice Choose(string text, bool isBuilt, int count)
    {
        switch (text)
        {
            case "cpu":
                return Cpu;
            case "auto":
                return count > 0 ? new TensorDevice(0) : Cpu;
        }

        var index = CudaIndex(text)
            ?? throw new DeviceUnavailableException($"device is '{text}', but must be auto, cpu, cuda or cuda:N.");
        if (index < count)
        {
            return new TensorDevice(index);
        }

        var reason = (isBuilt, count) switch
        {
            (false, _) => "this build computes on the processor only. Build with -p:TorchDevice=cuda-linux or cuda-windows, "
                + "or set device = cpu",
            (_, 0) => "libtorch finds no CUDA device on this machine. Look whether `nvidia-smi` does, or set device = cpu",
            _ => $"the CUDA devices of this machine are numbered 0 to {count - 1}",
        };
        throw new DeviceUnavailableException($"device is {text}, but {reason}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static int? CudaIndex(string text) => text switch
    {
        Cuda => 0,
        _ when text.StartsWith(Cuda + ":", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => index,
        _ => null,
    };
}
