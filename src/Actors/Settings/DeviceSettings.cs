using System.Collections.Immutable;

namespace FedActors.Actors.Settings;

/// <summary>How the slow devices are chosen.</summary>
public enum SlowChoice
{
    /// <summary>No device is slow.</summary>
    None,

    /// <summary>The clients that hold most of one class.</summary>
    MostOfClass,

    /// <summary>Drawn at random from the seed.</summary>
    Random,

    /// <summary>An explicit list of client numbers.</summary>
    List,
}

/// <summary>The devices that take longer than the others.</summary>
/// <param name="Choose">How they are chosen.</param>
/// <param name="Class">The class of <see cref="SlowChoice.MostOfClass"/>, from 0.</param>
/// <param name="Count">How many; null is all that hold a majority of the class.</param>
/// <param name="Clients">The client numbers of <see cref="SlowChoice.List"/>, from 0.</param>
/// <param name="Latency">Time from assignment to arrival of their updates.</param>
public sealed record SlowDeviceSettings(
    SlowChoice Choose, int Class, int? Count, ImmutableArray<int> Clients, TimeSpan Latency);

/// <summary>How devices fail. Every failure is drawn from (seed, client, assignment), so that a run can be repeated.</summary>
/// <param name="Crash">Probability in [0, 1) that an attempt at an assignment throws in the trainer.</param>
/// <param name="Offline">Probability in [0, 1) that the device vanishes with its assignment.</param>
/// <param name="OfflineFor">How long a vanished or dropped device stays away before it joins again.</param>
/// <param name="MaxRestarts">Restarts of a trainer for one assignment before the device counts as dropped, at least 0.</param>
/// <param name="MinBackoff">Pause before the first restart.</param>
/// <param name="MaxBackoff">Longest pause between restarts.</param>
public sealed record DropoutSettings(
    double Crash, double Offline, TimeSpan OfflineFor, int MaxRestarts, TimeSpan MinBackoff, TimeSpan MaxBackoff);

/// <summary>How long devices take and how they fail.</summary>
/// <param name="Latency">Time from assignment to arrival of an ordinary device's update, where no trace says it.</param>
/// <param name="Slow">The slow devices.</param>
/// <param name="Dropout">How devices fail.</param>
public sealed record DeviceSettings(TimeSpan Latency, SlowDeviceSettings Slow, DropoutSettings Dropout)
{
    /// <summary>How the latencies of all devices scatter. Default: not at all.</summary>
    public JitterSettings Jitter { get; init; } = JitterSettings.None;

    /// <summary>File with the speeds of ordinary devices, which then decide their latencies; or null, the default.</summary>
    public string? Trace { get; init; }
}
