using Akka.Actor;
using FedActors.Actors.Journal;

namespace FedActors.Actors.Aggregator;

/// <summary>Whom the aggregator talks to.</summary>
/// <param name="Devices">Supervisor of the clients.</param>
/// <param name="Evaluator">Measures the model.</param>
/// <param name="Journal">Keeps state and results.</param>
/// <param name="Corrector">Converts stale updates; nobody under policies that convert nothing.</param>
/// <param name="Disk">Where versions go that the memory has no room for; null keeps all in memory.</param>
/// <param name="Time">Measures wall-clock time.</param>
public sealed record AggregatorLinks(
    IActorRef Devices, IActorRef Evaluator, IActorRef Journal, IActorRef Corrector, SpilledVersions? Disk, TimeProvider Time);
