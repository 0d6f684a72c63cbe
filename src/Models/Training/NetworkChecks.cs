using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;

namespace FedActors.Models.Training;

/// <summary>Checks that parameters and images are of the kind that a network takes.</summary>
internal static class NetworkChecks
{
    public static void EnsureFits(INetwork network, ParameterVector parameters, ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        network.Layout.EnsureFits(parameters, nameof(parameters));
        if (images.Shape != network.Input || images.Classes != network.Classes)
        {
            throw new ArgumentException(
                $"The network '{network.Name}' takes images of {network.Input} in {network.Classes} classes, "
                + $"but the set '{images.Name}' has images of {images.Shape} in {images.Classes}.",
                nameof(images));
        }
    }
}
