using Akka.Actor;
using Akka.Configuration;
using FedActors.Bench;

// Measures what runs with very many actors depend on, and prints the goal beside each figure.
var settings = ConfigurationFactory.ParseString("akka { loglevel = WARNING, log-dead-letters = off }");
using var system = ActorSystem.Create("bench", settings);

Console.WriteLine($"{Environment.ProcessorCount} processors, {(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} collector");
Console.WriteLine();

Report("one ping-pong pair", await PingPong.MeasureAsync(system, pairs: 1, exchanges: 5_000_000), "messages/s", atLeast: 10_000_000);
Report("8 ping-pong pairs", await PingPong.MeasureAsync(system, pairs: 8, exchanges: 2_500_000), "messages/s", atLeast: 40_000_000);
Report("spawning children", await Spawning.MeasureAsync(system, children: 200_000), "actors/s", atLeast: 150_000);
Report("idle untyped child", await IdleMemory.MeasureAsync(system, children: 100_000), "bytes", atMost: 1_000);

static void Report(string what, double value, string unit, double? atLeast = null, double? atMost = null)
{
    var met = value >= (atLeast ?? double.MinValue) && value <= (atMost ?? double.MaxValue);
    var goal = atLeast is null ? $"at most {atMost:N0}" : $"at least {atLeast:N0}";
    Console.WriteLine($"{what,-20}{value,16:N0} {unit,-12}goal: {goal,-22}{(met ? "met" : "missed")}");
}
