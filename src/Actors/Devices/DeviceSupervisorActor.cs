using Akka.Actor;
using Akka.Event;

namespace FedActors.Actors.Devices;

/// <summary>Owns the client actors of a host. A client that throws starts afresh and joins again; its siblings go on.</summary>
public sealed class DeviceSupervisorActor : UntypedActor
{
    private const int MaxRestartsPerMinute = 10;

    private readonly DeviceEnvironment _environment;
    private readonly IReadOnlyList<int> _clients;
    private IActorRef? _aggregator;

    /// <summary>Use <see cref="Props(DeviceEnvironment, IReadOnlyList{int})"/>.</summary>
    public DeviceSupervisorActor(DeviceEnvironment environment, IReadOnlyList<int> clients)
    {
        _environment = environment;
        _clients = clients;
    }

    /// <summary>A supervisor of all clients of the plan.</summary>
    public static Props Props(DeviceEnvironment environment) =>
        Props(environment, [.. Enumerable.Range(0, environment.Plan.Settings.Data.Clients)]);

    /// <summary>A supervisor of some clients of the plan, by their numbers.</summary>
    public static Props Props(DeviceEnvironment environment, IReadOnlyList<int> clients) =>
        Akka.Actor.Props.Create(() => new DeviceSupervisorActor(environment, clients));

    /// <summary>Whatever a client throws, it is restarted: it keeps nothing that the aggregator can't give it again.</summary>
    public static Directive DecideOnClientFailure(Exception cause) => cause switch
    {
        ActorInitializationException => Directive.Stop,
        _ => Directive.Restart,
    };

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(MaxRestartsPerMinute, TimeSpan.FromMinutes(1), DecideOnClientFailure);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DeviceProtocol.RollCall rollCall:
                Answer(rollCall);
                break;
            case DeviceProtocol.ClientRestarted restarted when _aggregator is not null:
                Sender.Tell(new ClientProtocol.Enlist(_aggregator));
                Context.GetLogger().Info("Client {0} was restarted and joins again", restarted.Client);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Answer(DeviceProtocol.RollCall rollCall)
    {
        _aggregator = rollCall.Aggregator;
        var enlist = new ClientProtocol.Enlist(_aggregator);
        foreach (var client in _clients)
        {
            var name = ClientName(client);
            var actor = Context.Child(name);
            if (actor.IsNobody())
            {
                actor = Context.ActorOf(ClientActor.Props(client, _environment), name);
            }

            actor.Tell(enlist);
        }
    }

    private static string ClientName(int client) => $"client-{client}";
}
