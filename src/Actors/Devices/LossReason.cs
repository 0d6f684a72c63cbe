namespace FedActors.Actors.Devices;

/// <summary>Why no update came of an assignment.</summary>
public enum LossReason
{
    /// <summary>The device vanished with its assignment.</summary>
    Offline,

    /// <summary>The trainer crashed more often than it may be restarted.</summary>
    Dropped,

    /// <summary>The client actor ended for good.</summary>
    Gone,
}
