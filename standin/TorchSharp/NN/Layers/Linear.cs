using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            {
                InitializeDevice(device);
                return new Linear(inputSize, outputSize, hasBias, dtype);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>x · weightᵀ + bias.</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, torch.ScalarType? dtype)
            : base(nameof(Linear)) =>
            this.AddWeights([outputs, inputs], hasBias, dtype, ConditionallyRegisterParameter);

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

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight!, bias);
    }
}
