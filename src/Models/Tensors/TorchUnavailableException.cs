namespace FedActors.Models.Tensors;

/// <summary>TorchSharp's native libraries can't be loaded. The message says which, what is missing, and what to do.</summary>
public sealed class TorchUnavailableException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public TorchUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
