using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null)
            {
                InitializeDevice(device);
                return new GroupNorm(num_groups, num_channels, eps, affine, dtype);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Normalises groups of channels, then scales and shifts each channel.</summary>
    public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long _groups;
        private readonly double _epsilon;

        internal GroupNorm(long groups, long channels, double epsilon, bool affine, torch.ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            (_groups, _epsilon) = (groups, epsilon);
            if (affine)
            {
                register_parameter(nameof(weight), new Parameter(torch.ones(channels, dtype)));
                register_parameter(nameof(bias), new Parameter(torch.zeros(channels, dtype)));
            }
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
            torch.nn.functional.group_norm(tensor, _groups, weight, bias, _epsilon);
    }
}
