using FedActors.Host;
using FedActors.Host.Commands;

return await CommandLine.RunAsync(args, HostEnvironment.OfProcess());
