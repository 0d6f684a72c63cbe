namespace FedActors.Actors.Devices;

/// <summary>What a device can do.</summary>
/// <param name="SamplesPerSecond">Images it trains on in a second, above 0.</param>
/// <param name="DownloadBytesPerSecond">Bytes it receives in a second, above 0.</param>
/// <param name="UploadBytesPerSecond">Bytes it sends in a second, above 0.</param>
/// <param name="RoundTripSeconds">What an exchange takes beside its bytes, not negative.</param>
public sealed record DeviceSpeed(
    double SamplesPerSecond, double DownloadBytesPerSecond, double UploadBytesPerSecond, double RoundTripSeconds)
{
    /// <summary>Seconds to fetch a model, train it and send an update of the same size.</summary>
    /// <param name="samples">Images the device trains on.</param>
    /// <param name="epochs">How often it goes through them.</param>
    /// <param name="modelBytes">Size of the parameters.</param>
    public double Seconds(int samples, int epochs, long modelBytes) =>
        ((double)samples * epochs / SamplesPerSecond)
        + (modelBytes / DownloadBytesPerSecond)
        + (modelBytes / UploadBytesPerSecond)
        + RoundTripSeconds;
}
