using static TorchSharp.torch;

namespace FedActors.Models.Training;

/// <summary>
/// Keeps each tensor operation on the thread that calls it. Clients train side by side, so that threads inside an
/// operation would only compete with them, and how many there are may change the order of a sum and with it the bits.
/// </summary>
internal static class TensorThreads
{
    private static readonly Lazy<bool> Configured = new(() =>
    {
        set_num_threads(1);
        return true;
    });

    public static void KeepToCaller() => _ = Configured.Value;
}
