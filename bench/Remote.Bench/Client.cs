using Akka.Actor;

namespace FedActors.Remote.Bench;

/// <summary>Keeps some messages in flight until a number of them has come back.</summary>
internal sealed class Client(IActorRef echo, int messages, int inFlight, TaskCompletionSource done) : UntypedActor
{
    private int _sent;
    private int _received;

    protected override void OnReceive(object message)
    {
        if (message is "start")
        {
            for (; _sent < inFlight; _sent++)
            {
                echo.Tell("hit");
            }

            return;
        }

        if (++_received == messages)
        {
            done.SetResult();
        }
        else if (_sent < messages)
        {
            _sent++;
            echo.Tell("hit");
        }
    }
}
