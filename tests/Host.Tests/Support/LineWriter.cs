namespace FedActors.Host.Tests.Support;

/// <summary>Keeps what is written, and tells of each line.</summary>
internal sealed class LineWriter(Action<string>? onLine) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        onLine?.Invoke(value ?? "");
    }
}
