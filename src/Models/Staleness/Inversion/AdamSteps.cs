using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>Adam (Kingma and Ba, 2015; β₁ = 0.9, β₂ = 0.999, ε = 1e-8) on one tensor that wants no gradient.</summary>
/// <param name="values">What is moved, in place. The moments belong to the caller's dispose scope.</param>
internal sealed class AdamSteps(Tensor values)
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Tensor _first = zeros_like(values);
    private readonly Tensor _second = zeros_like(values);
    private int _steps;

    /// <summary>Moves the values against <paramref name="gradient"/>.</summary>
    public void Step(Tensor gradient, double rate)
    {
        using var scope = NewDisposeScope();
        _steps++;
        _first.mul_(FirstDecay).add_(gradient, 1 - FirstDecay);
        _second.mul_(SecondDecay).addcmul_(gradient, gradient, 1 - SecondDecay);
        var root = _second.sqrt().div_(Math.Sqrt(1 - Math.Pow(SecondDecay, _steps))).add_(Epsilon);
        values.addcdiv_(_first, root, -rate / (1 - Math.Pow(FirstDecay, _steps)));
    }
}
