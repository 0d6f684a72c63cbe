using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Tensors;

public sealed class CreationTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Floats_are_the_default()
    {
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1f }).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 3, 7f).dtype);
        Assert.Equal(DeviceType.CPU, zeros(2).device_type);
    }

    [Fact]
    public void An_array_keeps_its_type()
    {
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1L }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1.0 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
    }

    [Fact]
    public void A_type_that_is_asked_for_wins()
    {
        var x = tensor(new[] { 1L, 2L }, dtype: ScalarType.Float32);
        Assert.Equal([1f, 2f], x.data<float>().ToArray());
    }

    [Fact]
    public void Shapes_come_from_the_array_or_are_given()
    {
        Assert.Equal([3L], tensor(new[] { 1f, 2f, 3f }).shape);
        Assert.Equal([2L, 2L], tensor(new[] { 1f, 2f, 3f, 4f }, new[] { 2L, 2L }).shape);
        Assert.Equal([2L, 3L], tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Empty(tensor(1f).shape);
    }

    [Fact]
    public void Ranges_exclude_their_end()
    {
        Assert.Equal([0L, 1L, 2L], arange(3).data<long>().ToArray());
        Assert.Equal([1L, 3L], arange(1, 5, 2).data<long>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], arange(0f, 1.25f, 0.5f).data<float>().ToArray());
    }

    [Fact]
    public void Ones_zeros_and_eyes_are_what_they_say()
    {
        Assert.Equal([1f, 1f], ones(2).data<float>().ToArray());
        Assert.Equal([0L, 0L], zeros(2, ScalarType.Int64).data<long>().ToArray());
        Assert.Equal([1f, 0f, 0f, 1f], eye(2).data<float>().ToArray());
        Assert.Equal([3f, 3f], full_like(ones(2), 3).data<float>().ToArray());
    }

    [Fact]
    public void From_array_takes_arrays_of_any_rank()
    {
        var x = from_array(new float[2, 2] { { 1, 2 }, { 3, 4 } });
        Assert.Equal([2L, 2L], x.shape);
        Assert.Equal(3f, x[1, 0].item<float>());
    }

    [Fact]
    public void Handles_to_one_tensor_see_each_others_writes()
    {
        var x = ones(2);
        var y = x.alias();
        y.add_(1);
        Assert.Equal([2f, 2f], x.data<float>().ToArray());
    }

    [Fact]
    public void A_clone_has_memory_of_its_own()
    {
        var x = ones(2);
        x.clone().add_(1);
        Assert.Equal([1f, 1f], x.data<float>().ToArray());
    }

    [Fact]
    public void There_is_no_graphics_card_in_the_cpu_package()
    {
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
        if (!cuda.is_available())
        {
            Assert.Throws<InvalidOperationException>(() => ones(2).cuda());
        }
    }

    [Fact]
    public void Elements_can_be_written_through_the_accessor_and_through_bytes()
    {
        var x = zeros(2, 2);
        x.data<float>()[1, 0] = 5;
        Assert.Equal(5f, x[1, 0].item<float>());
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(x.bytes)[3] = 7;
        Assert.Equal([0f, 0f, 5f, 7f], x.data<float>().ToArray());
    }

    [Fact]
    public void The_accessor_reads_a_transposed_tensor_in_its_own_order()
    {
        var x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).t();
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], x.data<float>().ToArray());
        var target = new float[8];
        x.data<float>().CopyTo(target, 1);
        Assert.Equal([0f, 1f, 4f, 2f, 5f, 3f, 6f, 0f], target);
        Assert.Equal(6, x.data<float>().Count);
    }

    [Fact]
    public void Single_elements_become_numbers()
    {
        Assert.Equal(2.5f, tensor(2.5f).ToSingle());
        Assert.Equal(3L, tensor(3L).ToInt64());
        Assert.Equal(2.5, tensor(new[] { 2.5f }).ToDouble());
        Assert.True(tensor(1f).gt(0).ToBoolean());
    }
}
