using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>The inversion objective at one point, with its gradients.</summary>
/// <param name="Cost">The disparity.</param>
/// <param name="InputGradient">The gradient with respect to the inputs, float32 of their shape [m, channels, height, width].</param>
/// <param name="LabelGradient">The gradient with respect to the label logits, float32 of their shape [m, classes].</param>
public sealed record ObjectiveValue(double Cost, Tensor InputGradient, Tensor LabelGradient) : IDisposable
{
    /// <summary>Gives the gradients back.</summary>
    public void Dispose()
    {
        InputGradient.Dispose();
        LabelGradient.Dispose();
    }
}
