using Akka.Actor;

namespace FedActors.Actors.Hosting;

/// <summary>Whom an uplink talks to.</summary>
/// <param name="Seat">The federation, wherever in the cluster it is.</param>
/// <param name="Transfer">The host's transfer actor.</param>
/// <param name="Devices">Supervisor of the host's clients.</param>
/// <param name="Observer">Is told <see cref="LinkEvents"/>.</param>
public sealed record UplinkLinks(IActorRef Seat, IActorRef Transfer, IActorRef Devices, IActorRef Observer);
