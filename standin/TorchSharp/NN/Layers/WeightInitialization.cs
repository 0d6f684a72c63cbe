namespace TorchSharp.Modules;

/// <summary>The start that PyTorch gives to the weights of linear and convolutional layers.</summary>
internal static class WeightInitialization
{
    public static void AddWeights(
        this torch.nn.Module module, long[] shape, bool hasBias, torch.ScalarType? dtype, Action<string, torch.Tensor?> register)
    {
        var fanIn = shape.Skip(1).Aggregate(1L, static (product, size) => product * size);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        register("weight", Uniform(shape, bound, dtype));
        if (hasBias)
        {
            register("bias", Uniform([shape[0]], bound, dtype));
        }
    }

    /// <summary>A parameter that no scope disposes behind its module's back.</summary>
    public static Parameter Uniform(long[] shape, double bound, torch.ScalarType? dtype)
    {
        var tensor = torch.empty(shape, dtype);
        tensor.uniform_(-bound, bound).Dispose();
        return new Parameter(tensor);
    }
}
