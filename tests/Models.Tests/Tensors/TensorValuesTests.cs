using System.Text.RegularExpressions;
using FedActors.Host.Tests.Support;
using FedActors.Models.Parameters;
using FedActors.Models.Tensors;
using FedActors.Models.Tests.Support;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Tensors;

public sealed class TensorValuesTests
{
    [Fact]
    public void A_vector_comes_back_from_a_tensor_of_any_shape()
    {
        using var scope = NewDisposeScope();
        var vector = Gaussian.Vector(24, seed: 1);

        var flat = TensorValues.FromVector(vector, TensorDevice.Cpu);
        var shaped = TensorValues.FromVector(vector, [2, 3, 4], TensorDevice.Cpu);

        Assert.Equal([24L], flat.shape);
        Assert.Equal([2L, 3, 4], shaped.shape);
        Assert.Equal(vector, TensorValues.ToVector(flat));
        Assert.Equal(vector, TensorValues.ToVector(shaped));
        Assert.Equal(vector.Span[23], shaped[1, 2, 3].item<float>());
    }

    [Fact]
    public void A_tensor_whose_memory_is_in_another_order_is_read_in_that_of_its_shape()
    {
        using var scope = NewDisposeScope();
        var turned = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]).t();

        Assert.Equal([1f, 4, 2, 5, 3, 6], TensorValues.ToVector(turned).ToArray());
    }

    [Fact]
    public void A_vector_is_a_copy()
    {
        using var scope = NewDisposeScope();
        var tensor = zeros(3);

        var vector = TensorValues.ToVector(tensor);
        tensor.fill_(1);

        Assert.Equal(ParameterVector.Zeros(3), vector);
    }

    [Fact]
    public void Numbers_of_another_type_or_count_are_refused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => TensorValues.ToVector(zeros(3, dtype: ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => TensorValues.Read(zeros(3), new float[4]));
        Assert.Throws<ArgumentException>(() => TensorValues.FromVector(ParameterVector.Zeros(3), [2, 2], TensorDevice.Cpu));
    }

    [Fact]
    public void No_other_file_touches_the_bytes_of_a_tensor()
    {
        var sources = Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("TorchSharp", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Assert.Equal(
            ["TensorValues.cs"],
            sources.Where(file => Regex.IsMatch(File.ReadAllText(file), @"\.(bytes\b|data<|data_ptr\b)")).Select(file => Path.GetFileName(file)));
    }
}
