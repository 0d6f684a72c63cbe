namespace TorchSharp;

/// <summary>Kinds of devices; only the CPU is present.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    META = 14,
}

public static partial class torch
{
    /// <summary>Where a tensor lives.</summary>
    public class Device
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0].ToUpperInvariant());
            if (parts.Length == 2)
            {
                index = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        public Device(string deviceType, int index = -1)
        {
            type = Enum.Parse<DeviceType>(deviceType.ToUpperInvariant());
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        public DeviceType type { get; private set; } = DeviceType.CPU;

        public int index { get; private set; } = -1;

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            var text = type.ToString().ToLowerInvariant();
            return type != DeviceType.CPU && index != -1 ? $"{text}:{index}" : text;
        }
    }

    public static Device CPU { get; } = new(DeviceType.CPU);

    public static Device CUDA { get; } = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType == DeviceType.CPU;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (deviceType != DeviceType.CPU)
        {
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
        }
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>There is no graphics card here.</summary>
    public static partial class cuda
    {
        public static bool is_available() => false;

        public static bool is_cudnn_available() => false;

        public static int device_count() => 0;

        public static void manual_seed(long seed) => TryInitializeDeviceType(DeviceType.CUDA);

        public static void manual_seed_all(long seed) => TryInitializeDeviceType(DeviceType.CUDA);

        public static void synchronize(long seed = -1L) => TryInitializeDeviceType(DeviceType.CUDA);
    }

    public static bool cuda_is_available() => false;

    public static int get_num_threads() => TorchSharp.Threading.ParallelLoop.Threads;

    public static void set_num_threads(int num)
    {
        TorchSharp.Tensors.TorchError.Require(num > 0, "Expected positive number of threads");
        TorchSharp.Threading.ParallelLoop.Threads = num;
    }
}
