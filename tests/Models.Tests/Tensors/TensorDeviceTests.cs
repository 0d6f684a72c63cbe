using FedActors.Models.Tensors;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Tensors;

public sealed class TensorDeviceTests
{
    [Theory]
    [InlineData("cpu", 0, "cpu")]
    [InlineData("cpu", 2, "cpu")]
    [InlineData("auto", 0, "cpu")]
    [InlineData("auto", 2, "cuda:0")]
    [InlineData("cuda", 2, "cuda:0")]
    [InlineData("cuda:1", 2, "cuda:1")]
    public void A_name_stands_for_a_device_of_the_machine(string text, int count, string device)
    {
        var chosen = TensorDevice.Choose(text, isBuilt: true, count);

        Assert.Equal(device, chosen.Name);
        Assert.Equal(device.Split(':')[0], chosen.Kind);
        Assert.Equal(device == "cpu", chosen.IsCpu);
    }

    [Theory]
    [InlineData("cuda", false, 0, "-p:TorchDevice=cuda-linux")]
    [InlineData("cuda:1", false, 0, "this build computes on the processor only")]
    [InlineData("cuda", true, 0, "finds no CUDA device")]
    [InlineData("cuda:2", true, 2, "numbered 0 to 1")]
    [InlineData("gpu", true, 2, "must be auto, cpu, cuda or cuda:N")]
    [InlineData("cuda:-1", true, 2, "must be auto, cpu, cuda or cuda:N")]
    public void A_device_that_is_not_there_is_refused_with_what_to_do(string text, bool isBuilt, int count, string reason)
    {
        var error = Assert.Throws<DeviceUnavailableException>(() => TensorDevice.Choose(text, isBuilt, count));

        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", true)]
    [InlineData("cpu", true)]
    [InlineData("cuda", true)]
    [InlineData("cuda:12", true)]
    [InlineData("", false)]
    [InlineData("CPU", false)]
    [InlineData("cuda:", false)]
    [InlineData("cuda:x", false)]
    [InlineData("cuda: 1", false)]
    public void Names_are_known_without_a_look_at_the_machine(string text, bool isName) => Assert.Equal(isName, TensorDevice.IsName(text));

    [Fact]
    public void The_processor_is_always_there() => Assert.Same(TensorDevice.Cpu, TensorDevice.Choose("cpu"));

    [Fact]
    public void A_tensor_tells_its_device()
    {
        using var tensor = zeros(1);

        Assert.Same(TensorDevice.Cpu, TensorDevice.Of(tensor));
    }

    [Fact]
    public void This_machine_is_asked_for_its_devices()
    {
        if (cuda.is_available())
        {
            Assert.Equal("cuda:0", TensorDevice.Choose("auto").Name);
        }
        else
        {
            Assert.Same(TensorDevice.Cpu, TensorDevice.Choose("auto"));
            Assert.Throws<DeviceUnavailableException>(() => TensorDevice.Choose("cuda"));
        }
    }
}
