using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Parameters as one vector, and bounds on their gradients.</summary>
        public static partial class utils
        {
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                Tensor[] parts = [.. tensors.Select(static tensor => tensor.reshape(-1))];
                var vector = cat(parts);
                Array.ForEach(parts, static part => part.Dispose());
                return vector;
            }

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var mode = no_grad();
                var offset = 0L;
                foreach (var tensor in tensors)
                {
                    using var part = vec.narrow(0, offset, tensor.numel());
                    using var shaped = part.view_as(tensor);
                    tensor.copy_(shaped).Dispose();
                    offset += tensor.numel();
                }
            }

            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var mode = no_grad();
                using var scope = NewDisposeScope();
                List<Tensor> gradients = [.. tensors.Select(static tensor => tensor.grad()).OfType<Tensor>()];
                var total = gradients.Count == 0
                    ? 0
                    : stack(gradients.Select(gradient => gradient.norm((float)norm_type))).norm((float)norm_type).ToDouble();
                var factor = max_norm / (total + 1e-6);
                if (factor < 1)
                {
                    gradients.ForEach(gradient => gradient.mul_(factor));
                }

                return total;
            }
        }
    }
}
