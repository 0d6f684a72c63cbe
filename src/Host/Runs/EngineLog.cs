using Akka.Actor;
using Akka.Event;

namespace FedActors.Host.Runs;

/// <summary>Writes the actors' log events as lines.</summary>
internal sealed class EngineLog : ReceiveActor
{
    public EngineLog(TextWriter output)
    {
        Receive<LogEvent>(output.WriteLine);
    }
}
