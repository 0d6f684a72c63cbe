namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Softmax Softmax(long dim) => new(dim);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Softmax along a dimension.</summary>
    public sealed class Softmax : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long _dim;

        internal Softmax(long dim)
            : base("Softmax")
        {
            _dim = dim;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.softmax(_dim);
    }
}
