namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] outputSize) => new(outputSize);

            public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) outputSize) => new([outputSize.Item1, outputSize.Item2]);

            public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d(long outputSize) => new([outputSize, outputSize]);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Means over windows that divide a plane into a given number of rows and columns.</summary>
    public sealed class AdaptiveAvgPool2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _outputSize;

        internal AdaptiveAvgPool2d(long[] outputSize)
            : base("AdaptiveAvgPool2d")
        {
            _outputSize = outputSize;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.adaptive_avg_pool2d(tensor, _outputSize);
    }
}
