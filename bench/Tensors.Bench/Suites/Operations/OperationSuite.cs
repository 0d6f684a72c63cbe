using BenchmarkDotNet.Attributes;
using static TorchSharp.torch;

namespace FedActors.Tensors.Bench.Suites.Operations;

/// <summary>
/// A differentiable operation on its own: forward as in evaluation, and forward with the gradients of all operands as
/// in training.
/// </summary>
public abstract class OperationSuite
{
    private Tensor[] _operands = [];
    private Tensor? _gradient;

    [GlobalSetup]
    public void SetUp()
    {
        set_num_threads(1);
        manual_seed(1);
        _operands = Operands();
        foreach (var operand in _operands)
        {
            _ = operand.requires_grad_();
        }

        using var frozen = no_grad();
        using var output = Apply(_operands);
        _gradient = randn(output.shape);
    }

    [Benchmark]
    public void Forward()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _ = Apply(_operands);
    }

    [Benchmark]
    public void ForwardAndBackward()
    {
        using var scope = NewDisposeScope();
        _ = autograd.grad([Apply(_operands)], _operands, [_gradient!]);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _gradient?.Dispose();
        foreach (var operand in _operands)
        {
            operand.Dispose();
        }
    }

    /// <summary>Makes the operands, all of float32.</summary>
    protected abstract Tensor[] Operands();

    /// <summary>Applies the operation to them.</summary>
    protected abstract Tensor Apply(Tensor[] operands);
}
