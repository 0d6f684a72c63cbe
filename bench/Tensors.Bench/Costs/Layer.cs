namespace FedActors.Tensors.Bench.Costs;

/// <summary>A convolution or a linear layer, by how many multiply-adds its output takes for one image.</summary>
internal readonly record struct Layer(long MultiplyAdds)
{
    public static Layer Convolution(int inputs, int outputs, int kernel, int outputSide) =>
        new((long)inputs * outputs * kernel * kernel * outputSide * outputSide);

    public static Layer Linear(int inputs, int outputs) => new((long)inputs * outputs);
}
