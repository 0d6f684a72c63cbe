namespace FedActors.Models.Tensors;

/// <summary>The device that was asked for is not there. The message says why, and what to do.</summary>
public sealed class DeviceUnavailableException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public DeviceUnavailableException(string message)
        : base(message)
    {
    }
}
