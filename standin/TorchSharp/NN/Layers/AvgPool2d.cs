namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.AvgPool2d AvgPool2d(
                long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true) =>
                new([kernel_size], Numbers(stride), Numbers(padding), ceil_mode, count_include_pad);

            public static Modules.AvgPool2d AvgPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                new(Numbers(kernel_size)!, Numbers(stride), Numbers(padding), ceil_mode, count_include_pad);

            public static Modules.AvgPool2d AvgPool2d(
                long[] kernel_size, long[]? strides = null, long[]? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                new(kernel_size, strides, padding, ceil_mode, count_include_pad);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>The mean of each window.</summary>
    public sealed class AvgPool2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _kernel;
        private readonly long[]? _strides;
        private readonly long[]? _padding;
        private readonly bool _ceil;
        private readonly bool _countPadding;

        internal AvgPool2d(long[] kernel, long[]? strides, long[]? padding, bool ceil, bool countPadding)
            : base("AvgPool2d")
        {
            (_kernel, _strides, _padding, _ceil, _countPadding) = (kernel, strides, padding, ceil, countPadding);
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.avg_pool2d(tensor, _kernel, _strides ?? _kernel, _padding, _ceil, _countPadding);
    }
}
