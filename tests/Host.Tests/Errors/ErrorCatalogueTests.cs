using FedActors.Host.Errors;
using FedActors.Models.Tensors;

namespace FedActors.Host.Tests.Errors;

public sealed class ErrorCatalogueTests
{
    [Fact]
    public void A_library_that_can_not_be_loaded_is_told_as_it_is()
    {
        var error = new TorchUnavailableException("libstdc++ is too old.", new DllNotFoundException());

        Assert.Equal(new ErrorReport(ExitCode.Failed, "libstdc++ is too old."), ErrorCatalogue.Describe(error));
    }

    [Fact]
    public void A_device_that_is_not_there_is_a_mistake_in_the_settings() => Assert.Equal(
        new ErrorReport(ExitCode.Usage, "There is no such device."),
        ErrorCatalogue.Describe(new DeviceUnavailableException("There is no such device.")));
}
