using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FedActors.Actors.Transfer.Channel;
using FedActors.Models.Parameters;

namespace FedActors.ClusterBench.Loads;

/// <summary>Talks nonsense to a host's port for vectors, and looks whether it still serves others and how much memory it takes.</summary>
internal static class ChannelFuzz
{
    private const int Parameters = 100_000;

    public static async Task RunAsync(int conversations)
    {
        var refusals = 0L;
        using var channel = new TcpVectorChannel(new IPEndPoint(IPAddress.Loopback, 0), null, _ => Interlocked.Increment(ref refusals));
        var vector = ParameterVector.Create(Parameters, values => values.Fill(1));
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        for (var done = 0; done < conversations; done++)
        {
            if (done % Math.Max(1, conversations / 10) == 0)
            {
                Console.WriteLine($"{done,10:N0} conversations {Environment.WorkingSet / 1048576,6} MiB");
            }

            await ConverseAsync(channel, vector, random);
        }

        var builder = new ParameterVectorBuilder(Parameters);
        await channel.ReceiveAsync("127.0.0.1", channel.Port, channel.Issue("last", vector.Bytes), builder, CancellationToken.None);
        Console.WriteLine(
            $"{conversations:N0} conversations in {clock.Elapsed.TotalSeconds:N0} s, {refusals:N0} refused, {Environment.WorkingSet / 1048576} MiB; "
            + $"a vector that is asked for in order comes {(builder.Build().Equals(vector) ? "whole" : "ALTERED")}");
    }

    /// <summary>Perhaps a good key, then random bytes; the connection is torn at some point.</summary>
    private static async Task ConverseAsync(TcpVectorChannel channel, ParameterVector vector, Random random)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, channel.Port);
        try
        {
            var key = channel.Issue("fuzz", vector.Bytes);
            if (random.Next(2) == 0)
            {
                await socket.SendAsync(key.ToByteArray());
                await socket.ReceiveAsync(new byte[random.Next(1, vector.Bytes.Length)]);
            }

            var garbage = new byte[random.Next(1, 300)];
            random.NextBytes(garbage);
            await socket.SendAsync(garbage);
            if (random.Next(4) == 0)
            {
                socket.Shutdown(SocketShutdown.Send);
                await socket.ReceiveAsync(garbage);
            }
        }
        catch (SocketException)
        {
            // The host has hung up.
        }

        channel.Withdraw("fuzz");
    }
}
