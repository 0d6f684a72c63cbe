using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FedActors.Actors.Devices;

/// <summary>Speeds of devices as they were measured or made up, in the order in which clients get them.</summary>
public sealed class DeviceTrace
{
    /// <summary>A trace.</summary>
    /// <param name="speeds">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public DeviceTrace(ImmutableArray<DeviceSpeed> speeds)
    {
        if (speeds.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A trace has at least one device.", nameof(speeds));
        }

        Speeds = speeds;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', speeds.Select(Describe)))));
    }

    /// <summary>The devices.</summary>
    public ImmutableArray<DeviceSpeed> Speeds { get; }

    /// <summary>Hash of the speeds, in hex. How a file spells them does not matter.</summary>
    public string Fingerprint { get; }

    /// <summary>The speed of a client. Where there are more clients than devices, they begin again with the first.</summary>
    /// <param name="client">The number of the client, from 0.</param>
    public DeviceSpeed Of(int client) => Speeds[client % Speeds.Length];

    private static string Describe(DeviceSpeed speed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{speed.SamplesPerSecond:R} {speed.DownloadBytesPerSecond:R} {speed.UploadBytesPerSecond:R} {speed.RoundTripSeconds:R}");
}
