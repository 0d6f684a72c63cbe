using System.Diagnostics;
using Akka.Actor;
using FedActors.Host.Tests.Support;
using FedActors.Remote.Bench;

// Two processes on loopback. Without arguments: clients here keep 50 messages each in flight to an echo there; counted are messages
// in both directions. With "fuzz [frames]": garbled frames are thrown at the other process.
const int InFlight = 50;
const int MessagesEach = 100_000;

if (args is ["echo", var port, var publicPort])
{
    var node = Node.Start("there", port, publicPort);
    node.ActorOf(Props.Create(() => new Echo()), "echo");
    Console.WriteLine(((ExtendedActorSystem)node).Provider.DefaultAddress);
    await Console.In.ReadToEndAsync();
    await node.Terminate();
    return;
}

if (args is ["fuzz", ..])
{
    using var recording = new Recording();
    var bindPort = FreePort.Next();
    using var target = StartOther(bindPort, recording.Port);
    var targetAddress = Address.Parse((await target.StandardOutput.ReadLineAsync())!);
    await Fuzzing.RunAsync(target, targetAddress, bindPort, recording, args.Length > 1 ? long.Parse(args[1]) : 1_000_000);
    target.StandardInput.Close();
    await target.WaitForExitAsync();
    return;
}

using var other = StartOther(0, 0);
var address = await other.StandardOutput.ReadLineAsync();
var here = Node.Start("here");
var echo = await here.ActorSelection($"{address}/user/echo").ResolveOne(TimeSpan.FromSeconds(30));
Console.WriteLine($"Akka {typeof(ActorSystem).Assembly.GetName().Version}, {Environment.ProcessorCount} processors");
Console.WriteLine("clients     messages/s   (best of 5)");
foreach (var clients in new[] { 1, 5, 10, 20 })
{
    var best = 0.0;
    for (var round = 0; round < 5; round++)
    {
        best = Math.Max(best, await MeasureAsync(clients));
    }

    Console.WriteLine($"{clients,7} {best,14:N0}");
}

await here.Terminate();
other.StandardInput.Close();
await other.WaitForExitAsync();

async Task<double> MeasureAsync(int clients)
{
    var ends = Enumerable.Range(0, clients).Select(_ => new TaskCompletionSource()).ToArray();
    var actors = ends.Select(end => here.ActorOf(Props.Create(() => new Client(echo, MessagesEach, InFlight, end)))).ToArray();
    var clock = Stopwatch.StartNew();
    foreach (var actor in actors)
    {
        actor.Tell("start");
    }

    await Task.WhenAll(ends.Select(end => end.Task));
    var seconds = clock.Elapsed.TotalSeconds;
    foreach (var actor in actors)
    {
        here.Stop(actor);
    }

    return 2.0 * clients * MessagesEach / seconds;
}

static Process StartOther(int port, int publicPort)
{
    var program = Environment.ProcessPath!;
    var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
    if (Path.GetFileNameWithoutExtension(program) == "dotnet")
    {
        start.ArgumentList.Add(typeof(Node).Assembly.Location);
    }

    start.ArgumentList.Add("echo");
    start.ArgumentList.Add(port.ToString());
    start.ArgumentList.Add(publicPort.ToString());
    return Process.Start(start)!;
}
