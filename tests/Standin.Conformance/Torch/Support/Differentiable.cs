using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Support;

/// <summary>A differentiable function, the shapes of its inputs, and whether these must be positive.</summary>
public sealed record Differentiable(string Name, Func<Tensor[], Tensor> Function, long[][] Shapes, bool NeedsPositive = false)
{
    /// <summary>Inputs that do not depend on the test's order; values stay away from the kinks at zero.</summary>
    public Tensor[] Inputs(ScalarType type, bool requiresGrad)
    {
        using var generator = new Generator(7);
        return Array.ConvertAll(Shapes, shape =>
        {
            using var values = randn(shape, ScalarType.Float32, generator: generator);
            using var wide = values.to_type(ScalarType.Float64);
            using var size = wide.abs();
            using var apart = size.add(0.3);
            using var sign = wide.sign();
            using var placed = NeedsPositive ? apart.clone() : apart.mul(sign);
            return placed.to_type(type, true).requires_grad_(requiresGrad);
        });
    }

    public override string ToString() => Name;
}
