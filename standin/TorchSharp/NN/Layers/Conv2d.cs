using TorchSharp.Modules;

namespace TorchSharp
{
    /// <summary>What lies around an image.</summary>
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
                long inputChannel, long outputChannel, long kernelSize, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes paddingMode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                Conv2d(
                    inputChannel, outputChannel, (kernelSize, kernelSize), (stride, stride), (padding, padding), (dilation, dilation),
                    paddingMode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long inputChannel, long outputChannel, (long, long) kernelSize, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes paddingMode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null)
            {
                InitializeDevice(device);
                if (paddingMode != PaddingModes.Zeros)
                {
                    throw new NotSupportedException($"Convolution with padding mode {paddingMode} is not supported.");
                }

                return new Conv2d(
                    [outputChannel, inputChannel / groups, kernelSize.Item1, kernelSize.Item2],
                    Numbers(stride), Numbers(padding), Numbers(dilation), groups, bias, dtype);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A two-dimensional convolution.</summary>
    public sealed class Conv2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[]? _stride;
        private readonly long[]? _padding;
        private readonly long[]? _dilation;
        private readonly long _groups;

        internal Conv2d(long[] shape, long[]? stride, long[]? padding, long[]? dilation, long groups, bool hasBias, torch.ScalarType? dtype)
            : base(nameof(Conv2d))
        {
            (_stride, _padding, _dilation, _groups) = (stride, padding, dilation, groups);
            this.AddWeights(shape, hasBias, dtype, ConditionallyRegisterParameter);
        }

        public Parameter? weight
        {
            get => get_parameter(nameof(weight));
            set => ConditionallyRegisterParameter(nameof(weight), value);
        }

        public Parameter? bias
        {
            get => get_parameter(nameof(bias));
            set => ConditionallyRegisterParameter(nameof(bias), value);
        }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.conv2d(tensor, weight!, bias, _stride, _padding, _dilation, _groups);
    }
}
