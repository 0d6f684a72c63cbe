using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Transfer;

public sealed class TransferActorTests : TimedActorTest
{
    private const int Length = 1000;
    private const int Size = Length * sizeof(float);

    private static readonly TransferSettings Settings = new()
    {
        ChunkSize = 400,
        ChunksInFlight = 3,
        ConcurrentPulls = 2,
        CacheSize = 2 * Size,
        ChecksBeforeRepeat = 2,
        ChecksBeforeFailure = 6,
    };

    private readonly TestProbe _owner;
    private readonly TestProbe _user;
    private readonly IActorRef _transfer;

    public TransferActorTests()
    {
        _owner = CreateTestProbe("owner");
        _user = CreateTestProbe("user");
        _transfer = Sys.ActorOf(TransferActor.Props(Settings), "transfer");
        AwaitHandled(_transfer);
    }

    [Fact]
    public void A_vector_crosses_from_one_host_to_another()
    {
        var other = Sys.ActorOf(TransferActor.Props(Settings), "other");
        var vector = Small.Vector(Length, 1);
        other.Tell(new TransferProtocol.Offer("v", vector, Once: false));

        Pull(Reference("v", vector), other);

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void Only_a_few_chunks_are_asked_for_before_they_come()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);

        Assert.Equal([0, 400, 800], ExpectRequests(3).Select(request => (int)request.Offset));
        AssertNothingMore(_owner);
    }

    [Fact]
    public void When_half_of_what_was_asked_for_has_come_more_is_asked_for_together()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);
        ExpectRequests(3);

        Send(vector, 0);
        AssertNothingMore(_owner);
        Send(vector, 400);

        Assert.Equal([1200, 1600], ExpectRequests(2).Select(request => (int)request.Offset));
    }

    [Fact]
    public void A_lost_chunk_is_asked_for_again_at_once_and_what_came_before_is_kept()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);
        ExpectRequests(3);
        Send(vector, 0);

        // The chunk at 400 is lost; the two behind it show the gap.
        Send(vector, 800);
        Assert.Equal([400, 800, 1200], ExpectRequests(3).Select(request => (int)request.Offset));
        Send(vector, 1200);
        AssertNothingMore(_owner);

        for (var offset = 400; offset < Size; offset += 400)
        {
            Send(vector, offset);
        }

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void After_a_silence_the_pull_goes_on_from_where_it_was()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);
        ExpectRequests(3);
        Send(vector, 0);

        Check();
        AssertNothingMore(_owner);
        Check();

        Assert.Equal([400, 800, 1200], ExpectRequests(3).Select(request => (int)request.Offset));
    }

    [Fact]
    public void A_chunk_that_comes_twice_counts_once()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);
        ExpectRequests(3);

        for (var offset = 0; offset < Size; offset += 400)
        {
            Send(vector, offset);
            Send(vector, offset);
        }

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void A_pull_goes_on_with_another_host_that_has_the_same_vector()
    {
        var vector = Small.Vector(Length, 1);
        var reference = Reference("v", vector);
        Pull(reference, _owner);
        ExpectRequests(3);
        Send(vector, 0);
        Send(vector, 400);

        var heir = CreateTestProbe("heir");
        Pull(reference, heir);

        Assert.Equal(800, heir.ExpectMsg<TransferProtocol.ChunkRequest>().Offset);
        for (var offset = 800; offset < Size; offset += 400)
        {
            Send(vector, offset);
        }

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void An_owner_that_stays_silent_is_given_up()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);

        for (var check = 0; check < Settings.ChecksBeforeFailure; check++)
        {
            Check();
        }

        Assert.Contains("does not answer", _user.ExpectMsg<TransferProtocol.PullFailed>().Reason);
    }

    [Fact]
    public void What_the_owner_has_dropped_is_given_up()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);

        _transfer.Tell(new TransferProtocol.Gone("v"), _owner);

        Assert.Contains("dropped", _user.ExpectMsg<TransferProtocol.PullFailed>().Reason);
    }

    [Fact]
    public void Bytes_with_another_hash_are_never_handed_out()
    {
        var announced = Small.Vector(Length, 1);
        var altered = Small.Vector(Length, 2);
        Pull(Reference("v", announced), _owner);

        SendAll(altered);
        _user.ExpectNoMsg(TimeSpan.Zero);
        SendAll(altered);

        Assert.Contains("not those that were announced", _user.ExpectMsg<TransferProtocol.PullFailed>().Reason);
    }

    [Fact]
    public void Bytes_that_were_altered_once_are_pulled_again()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);

        SendAll(Small.Vector(Length, 2));
        SendAll(vector);

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void All_who_want_the_same_vector_join_one_pull()
    {
        var vector = Small.Vector(Length, 1);
        var reference = Reference("v", vector);
        var second = CreateTestProbe();
        Pull(reference, _owner);
        _transfer.Tell(new TransferProtocol.Pull(reference, _owner, Keep: true), second);
        ExpectRequests(3);
        AssertNothingMore(_owner);

        SendAll(vector);

        Assert.Equal(vector, ExpectPulled());
        Assert.Equal(vector, second.ExpectMsg<TransferProtocol.Pulled>().Vector);
    }

    [Fact]
    public void A_version_that_was_kept_is_not_pulled_again()
    {
        var vector = Small.Vector(Length, 1);
        var reference = Reference("v", vector);
        Pull(reference, _owner, keep: true);
        SendAll(vector);
        ExpectPulled();
        DrainRequests();

        Pull(reference, _owner, keep: true);

        Assert.Equal(vector, ExpectPulled());
        AssertNothingMore(_owner);
    }

    [Fact]
    public void An_update_is_not_kept()
    {
        var vector = Small.Vector(Length, 1);
        var reference = Reference("v", vector);
        Pull(reference, _owner);
        SendAll(vector);
        ExpectPulled();
        DrainRequests();

        Pull(reference, owner: null);

        Assert.Contains("not on this host", _user.ExpectMsg<TransferProtocol.PullFailed>().Reason);
    }

    [Fact]
    public void No_more_pulls_than_allowed_go_on_at_once()
    {
        var vectors = Enumerable.Range(0, 3).Select(seed => Small.Vector(Length, (ulong)seed)).ToList();
        for (var index = 0; index < 3; index++)
        {
            Pull(Reference($"v{index}", vectors[index]), _owner);
        }

        Assert.Equal(["v0", "v1"], ExpectRequests(6).Select(request => request.Name).Distinct());
        AssertNothingMore(_owner);

        SendAll(vectors[0], "v0");

        Assert.Equal(vectors[0], ExpectPulled());
        Assert.Contains("v2", DrainRequests());
    }

    [Fact]
    public void What_is_offered_once_goes_when_it_is_delivered()
    {
        _transfer.Tell(new TransferProtocol.Offer("v", Small.Vector(Length, 1), Once: true));
        Ask("v");
        _user.ExpectMsg<Chunk>();

        _transfer.Tell(new TransferProtocol.Delivered("v"), _user);
        Ask("v");

        _user.ExpectMsg(new TransferProtocol.Gone("v"));
    }

    [Fact]
    public void A_version_stays_on_offer_until_it_is_withdrawn()
    {
        _transfer.Tell(new TransferProtocol.Offer("v", Small.Vector(Length, 1), Once: false));
        _transfer.Tell(new TransferProtocol.Delivered("v"), _user);
        Ask("v");
        _user.ExpectMsg<Chunk>();

        _transfer.Tell(new TransferProtocol.Withdraw("v"));
        Ask("v");

        _user.ExpectMsg(new TransferProtocol.Gone("v"));
    }

    [Theory]
    [InlineData(-1, 400)]
    [InlineData(Size, 400)]
    [InlineData(0, 0)]
    [InlineData(0, TransferSettings.LargestChunk + 1)]
    public void A_request_that_makes_no_sense_is_not_answered(long offset, int count)
    {
        _transfer.Tell(new TransferProtocol.Offer("v", Small.Vector(Length, 1), Once: false));

        Ask("v", offset, count);
        Ask("v");

        Assert.Equal(0, _user.ExpectMsg<Chunk>().Offset);
    }

    [Fact]
    public void On_the_same_host_a_vector_moves_by_reference()
    {
        var vector = Small.Vector(Length, 1);
        _transfer.Tell(new TransferProtocol.Offer("v", vector, Once: true));

        Pull(Reference("v", vector), _transfer);

        Assert.Same(vector, ExpectPulled());
    }

    [Fact]
    public void A_reference_that_can_not_be_is_refused()
    {
        Pull(new VectorReference("v", "no hash", Length), _owner);

        _user.ExpectMsg<TransferProtocol.PullFailed>();
    }

    [Fact]
    public void An_empty_vector_needs_no_chunk()
    {
        var vector = ParameterVector.Zeros(0);

        Pull(Reference("v", vector), _owner);

        Assert.Equal(0, ExpectPulled().Length);
    }

    private static VectorReference Reference(string name, ParameterVector vector) => new(name, vector.Hash, vector.Length);

    private void Pull(VectorReference reference, IActorRef? owner, bool keep = false) =>
        _transfer.Tell(new TransferProtocol.Pull(reference, owner, keep), _user);

    private ParameterVector ExpectPulled() => _user.ExpectMsg<TransferProtocol.Pulled>().Vector;

    private List<TransferProtocol.ChunkRequest> ExpectRequests(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _owner.ExpectMsg<TransferProtocol.ChunkRequest>())];

    private IEnumerable<string> DrainRequests()
    {
        AwaitHandled(_transfer);
        var names = new List<string>();
        while (_owner.ReceiveOne(TimeSpan.Zero) is { } message)
        {
            if (message is TransferProtocol.ChunkRequest request)
            {
                names.Add(request.Name);
            }
        }

        return names;
    }

    private void AssertNothingMore(TestProbe probe)
    {
        AwaitHandled(_transfer);
        probe.ExpectNoMsg(TimeSpan.Zero);
    }

    private void Check()
    {
        Scheduler.Advance(Settings.CheckInterval);
        AwaitHandled(_transfer);
    }

    private void SendAll(ParameterVector vector, string name = "v")
    {
        for (var offset = 0; offset < Size; offset += 400)
        {
            Send(vector, offset, name);
        }

        AwaitHandled(_transfer);
    }

    private void Send(ParameterVector vector, int offset, string name = "v") =>
        _transfer.Tell(
            Chunk.Create(name, offset, System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.Span).Slice(offset, 400)), _owner);

    private void Ask(string name, long offset = 0, int count = 400) =>
        _transfer.Tell(new TransferProtocol.ChunkRequest(name, offset, count), _user);
}
