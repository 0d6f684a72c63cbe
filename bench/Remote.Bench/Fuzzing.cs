using System.Diagnostics;
using System.Net.Sockets;
using Akka.Actor;

namespace FedActors.Remote.Bench;

/// <summary>Throws garbled frames at a node in another process, and looks whether it still answers and how much memory it takes.</summary>
internal static class Fuzzing
{
    private const int FramesPerConnection = 2_000;

    public static async Task RunAsync(Process target, Address address, int bindPort, Recording recording, long frames)
    {
        var originals = await RecordAsync(address, bindPort, recording);
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        var sent = 0L;
        var connections = 0;
        for (var next = 0L; sent < frames; connections++)
        {
            sent += await ConverseAsync(bindPort, originals, random);
            if (sent >= next)
            {
                target.Refresh();
                Console.WriteLine($"{sent,10:N0} frames {target.WorkingSet64 / 1048576,6} MiB");
                next += frames / 10;
            }
        }

        _ = recording.ConnectAsync(bindPort);
        var here = Node.Start("afterwards");
        var answer = await here.ActorSelection($"{address}/user/echo").Ask<string>("still there", TimeSpan.FromSeconds(10));
        Console.WriteLine(
            $"{sent:N0} frames over {connections:N0} connections in {clock.Elapsed.TotalSeconds:N0} s; the node answers '{answer}'");
        await here.Terminate();
    }

    private static async Task<List<byte[]>> RecordAsync(Address address, int bindPort, Recording recording)
    {
        _ = recording.ConnectAsync(bindPort);
        var here = Node.Start("recorded");
        var echo = ((ExtendedActorSystem)here).Provider.ResolveActorRef($"{address}/user/echo");
        var talker = here.ActorOf(Props.Create(() => new Talker(echo)));
        while (recording.Frames.Count < 60)
        {
            talker.Tell("talk");
            await Task.Delay(100);
        }

        await here.Terminate();
        return recording.Frames;
    }

    /// <summary>One connection: the greeting as it was, then frames in random order with some bytes changed.</summary>
    private static async Task<long> ConverseAsync(int port, List<byte[]> originals, Random random)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var sent = 0L;
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            var answers = DrainAsync(socket);
            await socket.SendAsync(originals[0]);
            for (; sent < FramesPerConnection && !answers.IsCompleted; sent++)
            {
                await socket.SendAsync(Garble(sent + 1 < originals.Count ? originals[(int)sent + 1] : originals[random.Next(1, originals.Count)], random));
            }
        }
        catch (SocketException)
        {
            // The node has hung up.
        }

        return sent;
    }

    private static async Task DrainAsync(Socket socket)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                continue;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the conversation.
        }
    }

    private static byte[] Garble(byte[] frame, Random random)
    {
        var garbled = frame.ToArray();
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            garbled[random.Next(sizeof(int), garbled.Length)] = (byte)random.Next(256);
        }

        return garbled;
    }

    /// <summary>Says every kind of thing.</summary>
    private sealed class Talker : UntypedActor
    {
        private readonly IActorRef _echo;

        public Talker(IActorRef echo)
        {
            _echo = echo;
            Context.Watch(echo);
        }

        protected override void OnReceive(object message)
        {
            if (message is "talk")
            {
                _echo.Tell("hello");
                _echo.Tell(42);
                _echo.Tell(new byte[100]);
                _echo.Tell(new Identify(1));
                _echo.Tell(Self);
                _echo.Tell(new Status.Failure(new InvalidOperationException("as it happens")));
                Context.ActorSelection(_echo.Path.Parent / "ech*").Tell("all");
            }
        }
    }
}
