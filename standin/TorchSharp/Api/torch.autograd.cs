using TorchSharp.Autograd;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => GradMode.Enabled;

    /// <summary>Reverse-mode differentiation.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of the outputs' sum; an empty handle for an input they do not depend on, if that is allowed.</summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            var roots = Values(outputs);
            var results = BackwardPass.Gradients(roots, Seeds(roots, grad_outputs), Values(inputs), retain_graph, create_graph);
            GC.KeepAlive((outputs, inputs, grad_outputs));
            if (!allow_unused && Array.IndexOf(results, null) >= 0)
            {
                Array.ForEach(results, static result => result?.Release());
                throw TorchError.Of(
                    "One of the inputs was not used in the graph. Set allow_unused to get an empty handle for it.");
            }

            return Array.ConvertAll(results, static result => new Tensor(result)).ToList();
        }

        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            var roots = Values(tensors);
            BackwardPass.Accumulate(
                roots, Seeds(roots, grad_tensors), inputs is null ? null : Values(inputs), retain_graph ?? create_graph, create_graph);
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static TensorValue[] Values(IList<Tensor> tensors)
        {
            var values = new TensorValue[tensors.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = tensors[i].Value;
            }

            return values;
        }

        private static TensorValue[]? Seeds(TensorValue[] roots, IList<Tensor>? gradients)
        {
            for (var i = 0; i < roots.Length; i++)
            {
                TorchError.Require(roots[i].RequiresGrad, $"tensor {i} does not require gradients, and nothing was recorded for it");
            }

            if (gradients is null || gradients.Count == 0)
            {
                TorchError.Require(
                    Array.TrueForAll(roots, static root => root.Count == 1),
                    "a gradient can only be assumed for a single number; pass one for other shapes");
                return null;
            }

            TorchError.Require(
                gradients.Count == roots.Length, $"got {roots.Length} tensors and {gradients.Count} gradients");
            var seeds = Values(gradients);
            for (var i = 0; i < roots.Length; i++)
            {
                TorchError.Require(
                    Shapes.Same(seeds[i].Shape, roots[i].Shape),
                    $"gradient {i} has shape {Shapes.Text(seeds[i].Shape)}, but its tensor has {Shapes.Text(roots[i].Shape)}");
            }

            return seeds;
        }
    }

    public partial class Tensor
    {
        public void backward() => autograd.backward([this]);

        /// <summary>The two flags arrive swapped, as they do in TorchSharp: use <see cref="autograd"/> to set them.</summary>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool create_graph = false, bool retain_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, create_graph, retain_graph, inputs);

        public Tensor? grad() => Value.Gradient is { } gradient ? Result(gradient.Shared()) : null;

        public void retain_grad()
        {
            TorchError.Require(Value.RequiresGrad, "there is no gradient to retain for a tensor that requires none");
            if (Value.Producer is { } producer)
            {
                producer.GradientKeeper = Value;
            }
        }
    }
}
