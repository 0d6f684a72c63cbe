namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LogSoftmax LogSoftmax(long dim) => new(dim);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>The logarithm of softmax along a dimension.</summary>
    public sealed class LogSoftmax : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long _dim;

        internal LogSoftmax(long dim)
            : base("LogSoftmax")
        {
            _dim = dim;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.log_softmax(_dim);
    }
}
