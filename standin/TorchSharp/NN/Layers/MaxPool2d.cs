namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.MaxPool2d MaxPool2d(
                long kernelSize, long? stride = null, long? padding = null, long? dilation = null, bool ceilMode = false) =>
                new([kernelSize], Numbers(stride), Numbers(padding), Numbers(dilation), ceilMode);

            public static Modules.MaxPool2d MaxPool2d(
                (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                bool ceilMode = false) =>
                new(Numbers(kernelSize)!, Numbers(stride), Numbers(padding), Numbers(dilation), ceilMode);

            public static Modules.MaxPool2d MaxPool2d(
                long[] kernelSize, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceilMode = false) =>
                new(kernelSize, strides, padding, dilation, ceilMode);

            private static long[]? Numbers(long? value) => value is { } number ? [number] : null;

            private static long[]? Numbers((long, long)? value) => value is { } pair ? [pair.Item1, pair.Item2] : null;
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>The largest element of each window.</summary>
    public sealed class MaxPool2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _kernel;
        private readonly long[]? _strides;
        private readonly long[]? _padding;
        private readonly long[]? _dilation;
        private readonly bool _ceil;

        internal MaxPool2d(long[] kernel, long[]? strides, long[]? padding, long[]? dilation, bool ceil)
            : base("MaxPool2d")
        {
            (_kernel, _strides, _padding, _dilation, _ceil) = (kernel, strides, padding, dilation, ceil);
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.max_pool2d(tensor, _kernel, _strides ?? _kernel, _padding, _dilation, _ceil);
    }
}
