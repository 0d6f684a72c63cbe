using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer.Channel;
using FedActors.Host.Tests.Support;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Transfer.Channel;

public sealed class TcpVectorChannelTests : IDisposable
{
    private const string Loopback = "127.0.0.1";
    private const int Length = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<string> _warnings = [];
    private readonly TcpVectorChannel _here;
    private readonly TcpVectorChannel _there;

    public TcpVectorChannelTests()
    {
        _here = ChannelUnderTest.Open();
        _there = ChannelUnderTest.Open(warnings: _warnings, port: FreePort.Next());
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
        _warnings.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Length)]
    [InlineData(3_000_000)]
    public async Task A_vector_comes_whole(int length)
    {
        var vector = Small.Vector(length, 1);

        Assert.Equal(vector, await ReceiveAsync(vector));
    }

    [Fact]
    public async Task Many_vectors_cross_at_the_same_time()
    {
        var vectors = Enumerable.Range(0, 20).Select(seed => Small.Vector(100_000, (ulong)seed)).ToList();

        Assert.Equal(vectors, await Task.WhenAll(vectors.Select(ReceiveAsync)));
    }

    [Fact]
    public async Task What_is_there_is_not_sent_again()
    {
        var vector = Small.Vector(Length, 1);
        var builder = new ParameterVectorBuilder(Length);
        vector.Bytes[..400].CopyTo(builder.Missing);
        builder.Advance(400);

        await ReceiveAsync(_there.Issue("v", vector.Bytes[400..]), builder);

        Assert.Equal(vector.Hash, builder.Build().Hash);
    }

    [Fact]
    public async Task A_key_opens_once()
    {
        var vector = Small.Vector(Length, 1);
        var key = _there.Issue("v", vector.Bytes);
        await ReceiveAsync(key, new ParameterVectorBuilder(Length));

        await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(key, new ParameterVectorBuilder(Length)));
    }

    [Fact]
    public async Task What_is_withdrawn_can_not_be_had()
    {
        var key = _there.Issue("v", Small.Vector(Length, 1).Bytes);
        var other = _there.Issue("w", Small.Vector(Length, 2).Bytes);

        _there.Withdraw("v");

        await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(key, new ParameterVectorBuilder(Length)));
        await ReceiveAsync(other, new ParameterVectorBuilder(Length));
    }

    [Fact]
    public async Task Another_length_than_is_missing_is_refused_before_a_byte_is_taken()
    {
        var builder = new ParameterVectorBuilder(Length + 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReceiveAsync(_there.Issue("v", Small.Vector(Length, 1).Bytes), builder));

        Assert.Equal(0, builder.Received);
    }

    [Fact]
    public async Task A_host_that_came_back_at_the_same_port_is_called_again()
    {
        var vector = Small.Vector(Length, 1);
        await ReceiveAsync(vector);
        var port = _there.Port;
        _there.Dispose();
        using var again = ChannelUnderTest.Open(port: port);
        var builder = new ParameterVectorBuilder(Length);

        await _here.ReceiveAsync(Loopback, port, again.Issue("v", vector.Bytes), builder, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(vector.Hash, builder.Build().Hash);
    }

    [Fact]
    public async Task A_host_that_is_gone_is_a_failure()
    {
        _there.Dispose();

        var failure = await Record.ExceptionAsync(() => ReceiveAsync(Guid.NewGuid(), new ParameterVectorBuilder(Length)));

        Assert.True(Sockets.IsFailure(failure!), $"{failure}");
    }

    [Fact]
    public async Task A_reception_ends_when_it_is_not_wanted_any_more()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var unwanted = new CancellationTokenSource();
        var reception = _here.ReceiveAsync(
            Loopback, ((IPEndPoint)silent.LocalEndpoint).Port, Guid.NewGuid(), new ParameterVectorBuilder(Length), unwanted.Token);
        using var connection = await silent.AcceptSocketAsync();

        await unwanted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reception.WaitAsync(Patience));
    }

    [Fact]
    public async Task Garbage_is_refused_and_counted_and_others_are_served()
    {
        var random = new System.Random(5);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var stranger = new TcpClient();
            await stranger.ConnectAsync(IPAddress.Loopback, _there.Port);
            var garbage = new byte[random.Next(1, 200)];
            random.NextBytes(garbage);
            await stranger.GetStream().WriteAsync(garbage);
            stranger.Client.Shutdown(SocketShutdown.Send);
            Assert.True(_warnings.TryTake(out var warning, Patience));
            Assert.Contains("malformed", warning);
        }

        var vector = Small.Vector(Length, 1);
        Assert.Equal(vector, await ReceiveAsync(vector));
    }

    [Fact]
    public async Task Who_shows_a_worthless_key_is_told_and_left()
    {
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, _there.Port);
        var stream = stranger.GetStream();
        await stream.WriteAsync(Guid.NewGuid().ToByteArray());
        var answer = new byte[100];

        var count = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false).AsTask().WaitAsync(Patience);

        Assert.Equal((sizeof(long), -1), (count, BinaryPrimitives.ReadInt64LittleEndian(answer)));
    }

    [Fact]
    public async Task Those_who_show_no_key_do_not_keep_others_out()
    {
        var strangers = new List<TcpClient>();
        for (var count = 0; count < VectorServer.MostStrangers + 1; count++)
        {
            strangers.Add(new TcpClient());
            await strangers[^1].ConnectAsync(IPAddress.Loopback, _there.Port);
        }

        Assert.True(_warnings.TryTake(out var warning, Patience));
        Assert.Contains("refused", warning);

        strangers.ForEach(stranger => stranger.Dispose());
        var vector = Small.Vector(Length, 1);
        Assert.Equal(vector, await ReceiveWhenThereIsRoomAsync(vector).WaitAsync(Patience));
    }

    private async Task<ParameterVector> ReceiveWhenThereIsRoomAsync(ParameterVector vector)
    {
        while (true)
        {
            try
            {
                return await ReceiveAsync(vector);
            }
            catch (Exception exception) when (Sockets.IsFailure(exception))
            {
                // The server has not seen all of them leave yet.
                await Task.Yield();
            }
        }
    }

    private async Task<ParameterVector> ReceiveAsync(ParameterVector vector)
    {
        var builder = new ParameterVectorBuilder(vector.Length);
        await ReceiveAsync(_there.Issue("v", vector.Bytes), builder);
        return builder.Build();
    }

    private Task ReceiveAsync(Guid key, ParameterVectorBuilder vector) =>
        _here.ReceiveAsync(Loopback, _there.Port, key, vector, CancellationToken.None).WaitAsync(Patience);
}
