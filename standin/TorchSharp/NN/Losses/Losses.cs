using static TorchSharp.torch.nn;

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>A module that compares a prediction with a target.</summary>
        public abstract class Loss<T1, T2, TResult> : Module<T1, T2, TResult>
        {
            protected Loss(Reduction reduction)
                : base(nameof(Loss<T1, T2, TResult>)) =>
                this.reduction = reduction;

            public Reduction reduction { get; }
        }

        public static partial class nn
        {
            public static Modules.CrossEntropyLoss CrossEntropyLoss(
                Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index, reduction);

            public static Modules.MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);

            public static Modules.NLLLoss NLLLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Cross-entropy of logits.</summary>
    public sealed class CrossEntropyLoss(
        torch.Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
        : torch.Loss<torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            functional.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
    }

    /// <summary>Mean squared error.</summary>
    public sealed class MSELoss(Reduction reduction = Reduction.Mean) : torch.Loss<torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => functional.mse_loss(input, target, reduction);
    }

    /// <summary>Negative logarithm of the likelihood, of logarithms of probabilities.</summary>
    public sealed class NLLLoss(torch.Tensor? weight = null, Reduction reduction = Reduction.Mean)
        : torch.Loss<torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            functional.nll_loss(input, target, weight, reduction);
    }
}
