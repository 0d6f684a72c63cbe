namespace FedActors.Actors.Tests.Support;

/// <summary>Calls back at once, on the thread that reports.</summary>
internal sealed class Recorder<T>(Action<T> action) : IProgress<T>
{
    public void Report(T value) => action(value);
}
