using System.Net;
using System.Net.Sockets;
using System.Runtime.Serialization;
using Akka.Actor;
using FedActors.Actors.Devices;
using FedActors.Actors.Serialization;
using FedActors.Actors.Transfer;
using FedActors.Host.Tests.Support;
using FedActors.Models.Parameters;

namespace FedActors.Host.Tests.Hosts;

/// <summary>What crosses between hosts, and what does not.</summary>
public sealed class RemoteMessageTests : IAsyncLifetime
{
    private static readonly ClientProtocol.Join Next = new(7, 100);

    private readonly TestNode _here = TestNode.Start();
    private readonly TestNode _there = TestNode.Start();
    private readonly TestNode.Inbox _inbox;
    private readonly IActorRef _far;

    public RemoteMessageTests()
    {
        _inbox = _there.Open("inbox");
        _far = _here.Seen(_there, _inbox.Actor);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public void Serializers_that_make_any_type_are_replaced_where_remoting_brings_them()
    {
        const int JsonIdentifier = 1;
        const int RemoteDeploymentIdentifier = 3;
        var serialization = _here.System.Serialization;
        var deployment = Type.GetType("Akka.Remote.DaemonMsgCreate, Akka.Remote", throwOnError: true);

        Assert.IsType<RefusingSerializer>(serialization.FindSerializerForType(typeof(object)));
        Assert.IsType<RefusingSerializer>(serialization.FindSerializerForType(deployment));
        foreach (var identifier in new[] { JsonIdentifier, RemoteDeploymentIdentifier })
        {
            var refusal = Assert.Throws<SerializationException>(
                () => serialization.Deserialize("{}"u8.ToArray(), identifier, "System.Object"));
            Assert.Contains("Cannot find serializer", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_crosses_with_the_address_of_its_sender_and_inside_a_host_there_is_none()
    {
        var sender = _here.Open("sender");
        var near = _there.Open("near");

        _far.Tell(Next, sender.Actor);
        Assert.Equal(_here.Address, (await _inbox.NextAsync()).Sender.Path.Address);

        _there.Seen(_there, _inbox.Actor).Tell(Next, near.Actor);
        Assert.Null((await _inbox.NextAsync()).Sender.Path.Address.Host);
    }

    [Fact]
    public async Task A_message_without_a_binding_is_dropped_counts_as_refused_and_the_next_arrives()
    {
        _far.Tell(new Unlisted(1));
        _far.Tell(Next);

        Assert.Equal(Next, (await _inbox.NextAsync()).Message);
        await _here.NextRefusalAsync();
    }

    [Fact]
    public async Task A_type_that_another_host_names_is_refused_counts_and_the_next_message_arrives()
    {
        await using var stranger = TestNode.Start("""
            akka.actor.serializers.json = "Akka.Serialization.NewtonSoftJsonSerializer, Akka"
            """);
        var far = stranger.Seen(_there, _inbox.Actor);

        far.Tell(new Unlisted(1));
        far.Tell(Next);

        Assert.Equal(Next, (await _inbox.NextAsync()).Message);
        await _there.NextRefusalAsync();
    }

    [Fact]
    public async Task The_largest_update_that_travels_whole_fits_one_frame()
    {
        var report = Report(TransferSettings.LargestWhole / sizeof(float));

        _far.Tell(report, _here.Open("transfer").Actor);
        _far.Tell(Next);

        Assert.Equal(report, (await _inbox.NextAsync()).Message);
    }

    [Fact]
    public async Task A_message_beyond_the_frame_is_dropped_counts_as_refused_and_the_next_arrives()
    {
        _far.Tell(Report(50_000));
        _far.Tell(Next);

        Assert.Equal(Next, (await _inbox.NextAsync()).Message);
        await _here.NextRefusalAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x00, 0x00, 0x00, 0x00 })]
    [InlineData(new byte[] { 0x10, 0x00, 0x00, 0x00, 0x01 })]
    [InlineData(new byte[] { })]
    public async Task A_host_outlives_a_caller_that_talks_nonsense_and_hears_others(byte[] nonsense)
    {
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, _there.Address.Port!.Value);
        await caller.Client.SendAsync(nonsense);
        caller.Client.Shutdown(SocketShutdown.Send);
        await AwaitEndAsync(caller.Client);

        _far.Tell(Next);

        Assert.Equal(Next, (await _inbox.NextAsync()).Message);
    }

    private static async Task AwaitEndAsync(Socket caller)
    {
        try
        {
            var answer = new byte[1024];
            while (await caller.ReceiveAsync(answer).WaitAsync(TestNode.Patience) > 0)
            {
                continue;
            }
        }
        catch (SocketException)
        {
            // Also an abrupt end is one.
        }
    }

    private static ClientProtocol.Report Report(int parameters)
    {
        var update = ParameterVector.FromSpan([.. Enumerable.Range(0, parameters).Select(i => (float)i)]);
        return new ClientProtocol.Report(1, 7, 40, 100, update, new TrainingMetrics(0.5, 0.25, 0));
    }

    private sealed record Unlisted(int Number);
}
