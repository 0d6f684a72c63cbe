using System.Buffers.Binary;
using System.Net.Sockets;
using Akka.Actor;
using FedActors.Host.Tests.Support;
using Xunit;

namespace FedActors.Standin.Conformance;

/// <summary>What comes from strangers, and from friends whose words were garbled, must not hurt a node.</summary>
public sealed class RemoteGarbageTests : RemoteConformance
{
    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x00, 0x00, 0x00, 0x00 })]
    [InlineData(new byte[] { 0x10, 0x00, 0x00, 0x00, 0x01 })]
    [InlineData(new byte[] { })]
    public async Task A_node_outlives_a_caller_that_talks_nonsense(byte[] nonsense)
    {
        var node = Node();

        await SayAsync(node, nonsense);

        await AssertLivesAsync(node);
    }

    [Fact]
    public async Task A_node_outlives_random_bytes()
    {
        var node = Node();
        var random = new Random(1);
        var bytes = new byte[4096];
        for (var i = 0; i < 50; i++)
        {
            random.NextBytes(bytes);
            await SayAsync(node, bytes.AsSpan(0, random.Next(bytes.Length)).ToArray());
        }

        await AssertLivesAsync(node);
    }

    [Fact]
    public async Task A_node_outlives_conversations_with_garbled_frames()
    {
        using var cable = new Cable(FreePort.Next());
        var target = Target(cable);
        var frames = await RecordAsync(target, cable);
        var random = new Random(2);
        for (var i = 0; i < 50; i++)
        {
            // The greeting stays as it is, or nothing that follows would be looked at.
            var conversation = new List<byte>(frames[0]);
            foreach (var frame in frames.Skip(1))
            {
                conversation.AddRange(Garble(frame, random));
            }

            await SayAsync(target, [.. conversation], cable.Target);
        }

        await AssertLivesAsync(target);
    }

    [Fact]
    public async Task A_node_outlives_conversations_that_break_off()
    {
        using var cable = new Cable(FreePort.Next());
        var target = Target(cable);
        var conversation = (await RecordAsync(target, cable)).SelectMany(frame => frame).ToArray();
        for (var length = 1; length < conversation.Length; length += 1 + (conversation.Length / 50))
        {
            await SayAsync(target, conversation[..length], cable.Target);
        }

        await AssertLivesAsync(target);
    }

    private static byte[] Garble(byte[] frame, Random random)
    {
        var garbled = frame.ToArray();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            garbled[random.Next(sizeof(int), garbled.Length)] = (byte)random.Next(256);
        }

        return garbled;
    }

    private static List<byte[]> Split(byte[] conversation)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at + sizeof(int) <= conversation.Length;)
        {
            var length = sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(conversation.AsSpan(at));
            if (at + length > conversation.Length)
            {
                break;
            }

            frames.Add(conversation[at..(at + length)]);
            at += length;
        }

        return frames;
    }

    /// <summary>What one node says to another in a conversation of every kind of message.</summary>
    private async Task<List<byte[]>> RecordAsync(ActorSystem target, Cable cable)
    {
        var reference = Seen(Sys, target.ActorOf(Props.Create(() => new Echo()), "recorded"), target);
        Watch(reference);
        for (var i = 0; i < 5; i++)
        {
            reference.Tell("hello", TestActor);
            reference.Tell(i, TestActor);
            reference.Tell(new Identify(i), TestActor);
            reference.Tell(TestActor, TestActor);
            reference.Tell(new Status.Failure(new InvalidOperationException("as it happens")), TestActor);
            Sys.ActorSelection(reference.Path.Parent / "recorded*").Tell(i, TestActor);
        }

        var frames = new List<byte[]>();
        await AwaitConditionAsync(() => Task.FromResult((frames = Split(cable.Heard)).Count > 30), Patience);
        return frames;
    }

    /// <summary>A node that is reached through a cable, so that what is said to it can be recorded.</summary>
    private ActorSystem Target(Cable cable) =>
        Node("target", $"akka.remote.dot-netty.tcp {{ port = {cable.Target}, public-port = {cable.Port} }}");

    private static async Task SayAsync(ActorSystem node, byte[] bytes, int? port = null)
    {
        using var caller = new TcpClient();
        try
        {
            await caller.ConnectAsync("127.0.0.1", port ?? AddressOf(node).Port!.Value);
            await caller.Client.SendAsync(bytes);
            caller.Client.Shutdown(SocketShutdown.Send);

            // The answers are of no interest, but must not be in the way; how long the node listens is its own business.
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
            var answer = new byte[1024];
            while (await caller.Client.ReceiveAsync(answer, patience.Token) > 0)
            {
                continue;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The node has hung up, as it may.
        }
    }

    /// <summary>
    /// A node that nobody has imitated gets through. Whoever was imitated may have to wait, since the node can't tell the
    /// two apart.
    /// </summary>
    private async Task AssertLivesAsync(ActorSystem node)
    {
        var echo = Seen(Node("newcomer"), node.ActorOf(Props.Create(() => new Echo())), node);
        Assert.Equal("still there", await echo.Ask<string>("still there", Patience));
    }
}
