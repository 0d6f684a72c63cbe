using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Tests.Transfer.Channel;
using FedActors.Actors.Transfer;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Transfer;

public sealed class TransferActorTests : TimedActorTest
{
    private const int Length = 1000;
    private const int Size = Length * sizeof(float);

    private static readonly TransferSettings Settings = new()
    {
        ConcurrentPulls = 2,
        CacheSize = 2 * Size,
        ChecksBeforeRepeat = 2,
        ChecksBeforeFailure = 8,
    };

    private readonly ScriptedChannel _channel = new();
    private readonly TestProbe _owner;
    private readonly TestProbe _user;
    private readonly IActorRef _transfer;

    public TransferActorTests()
    {
        _owner = CreateTestProbe("owner");
        _user = CreateTestProbe("user");
        _transfer = Sys.ActorOf(TransferActor.Props(Settings, _channel), "transfer");
        AwaitHandled(_transfer);
    }

    [Fact]
    public void A_vector_crosses_from_one_host_to_another()
    {
        using var here = ChannelUnderTest.Open();
        using var there = ChannelUnderTest.Open();
        var puller = Sys.ActorOf(TransferActor.Props(Settings, here), "here");
        var other = Sys.ActorOf(TransferActor.Props(Settings, there), "there");
        var vector = Small.Vector(Length, 1);
        other.Tell(new TransferProtocol.Offer("v", vector, Once: false));

        puller.Tell(new TransferProtocol.Pull(Reference("v", vector), other, Keep: false), _user);

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void The_bytes_come_from_where_the_owner_says()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);
        _owner.ExpectMsg(new TransferProtocol.Request("v", 0));
        var key = Guid.NewGuid();

        _transfer.Tell(new TransferProtocol.Ticket("v", 99, key), _owner);

        Assert.Equal(("127.0.0.1", 99, key), NextReception().From);
    }

    [Fact]
    public void A_ticket_that_nobody_waits_for_is_left_alone()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);
        var reception = Begin("v");

        _transfer.Tell(new TransferProtocol.Ticket("v", 99, Guid.NewGuid()), _owner);
        reception.Complete(vector);

        Assert.Equal(vector, ExpectPulled());
        Assert.Throws<TimeoutException>(() => _channel.Next(TimeSpan.Zero));
    }

    [Fact]
    public void When_a_connection_breaks_the_next_check_goes_on_from_where_it_was()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);
        var first = Begin("v");
        first.Bring(vector, 400);
        first.Break();
        AssertNothingMore(_owner);

        Check();
        Begin("v", 400).Complete(vector);

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void When_no_connection_can_be_made_it_is_said_once()
    {
        var listener = CreateTestProbe();
        Sys.EventStream.Subscribe(listener, typeof(TransferEvents.OutOfReach));
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Begin("v").Break();
            Check();
        }

        listener.ExpectMsg(new TransferEvents.OutOfReach("127.0.0.1", 99, "cut"));
        AssertNothingMore(listener);
    }

    [Fact]
    public void When_nothing_comes_over_any_connection_it_is_said()
    {
        var listener = CreateTestProbe();
        Sys.EventStream.Subscribe(listener, typeof(TransferEvents.OutOfReach));
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            AssertNothingMore(listener);
            var silent = Begin("v");
            Check();
            Check();
            Assert.True(silent.IsUnwanted);
            silent.Break();
        }

        listener.ExpectMsg(new TransferEvents.OutOfReach("127.0.0.1", 99, "nothing came in time"));
    }

    [Fact]
    public void What_one_owner_did_not_send_is_not_said_of_another()
    {
        var listener = CreateTestProbe();
        Sys.EventStream.Subscribe(listener, typeof(TransferEvents.OutOfReach));
        var version = Reference("v", Small.Vector(Length, 1));
        Pull(version, _owner);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Begin("v").Break();
            Check();
        }

        var last = Begin("v");
        var heir = CreateTestProbe("heir");
        Pull(version, heir);
        AwaitHandled(_transfer);
        last.Break();

        heir.ExpectMsg(new TransferProtocol.Request("v", 0));
        AssertNothingMore(listener);
    }

    [Fact]
    public void A_request_that_is_lost_is_repeated()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);
        _owner.ExpectMsg(new TransferProtocol.Request("v", 0));

        Check();
        AssertNothingMore(_owner);
        Check();

        _owner.ExpectMsg(new TransferProtocol.Request("v", 0));
    }

    [Fact]
    public void A_connection_on_which_nothing_comes_is_left_for_another()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);
        var silent = Begin("v");
        silent.Bring(vector, 400);

        // The first check sees the bytes that came.
        Check();
        Check();
        Assert.False(silent.IsUnwanted);
        Check();
        Assert.True(silent.IsUnwanted);
        AssertNothingMore(_owner);
        silent.Break();
        Begin("v", 400).Complete(vector);

        Assert.Equal(vector, ExpectPulled());
    }

    [Fact]
    public void A_pull_goes_on_with_another_host_that_has_the_same_vector_when_no_more_bytes_can_come_from_the_first()
    {
        var vector = Small.Vector(Length, 1);
        var reference = Reference("v", vector);
        Pull(reference, _owner);
        var first = Begin("v");
        first.Bring(vector, 800);
        var heir = CreateTestProbe("heir");

        Pull(reference, heir);
        AssertNothingMore(heir);
        Assert.True(first.IsUnwanted);
        first.Break();

        heir.ExpectMsg(new TransferProtocol.Request("v", 800));
        _transfer.Tell(new TransferProtocol.Ticket("v", 99, Guid.NewGuid()), heir);
        NextReception().Complete(vector);
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
    public void When_an_owner_ends_its_updates_are_given_up_at_once_and_others_have_their_turn()
    {
        for (var index = 0; index < 3; index++)
        {
            Pull(Reference($"v{index}", Small.Vector(Length, 1)), _owner);
        }

        var reception = Begin("v0");
        var other = CreateTestProbe("other");
        Pull(Reference("w", Small.Vector(Length, 2)), other);
        AssertNothingMore(other);

        Sys.Stop(_owner);

        for (var index = 0; index < 3; index++)
        {
            Assert.Contains("has ended", _user.ExpectMsg<TransferProtocol.PullFailed>().Reason);
        }

        Assert.True(reception.IsUnwanted);
        other.ExpectMsg(new TransferProtocol.Request("w", 0));
    }

    [Fact]
    public void When_its_owner_ends_a_version_can_still_be_pulled_on_from_another_host()
    {
        var vector = Small.Vector(Length, 1);
        var version = Reference("v", vector);
        Pull(version, _owner, keep: true);
        var first = Begin("v");
        first.Bring(vector, 400);
        Pull(Reference("u", Small.Vector(Length, 2)), _owner);
        var heir = CreateTestProbe("heir");

        Sys.Stop(_owner);
        Assert.Equal("u", _user.ExpectMsg<TransferProtocol.PullFailed>().Reference.Name);
        AssertNothingMore(_user);
        Pull(version, heir, keep: true);
        AwaitHandled(_transfer);
        first.Break();

        heir.ExpectMsg(new TransferProtocol.Request("v", 400));
    }

    [Fact]
    public void What_the_owner_has_dropped_is_given_up()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);

        _transfer.Tell(new TransferProtocol.Gone("v"), _owner);

        Assert.Contains("dropped", _user.ExpectMsg<TransferProtocol.PullFailed>().Reason);
    }

    [Fact]
    public void Nobody_waits_for_the_bytes_of_a_pull_that_was_given_up()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);
        var reception = Begin("v");

        _transfer.Tell(new TransferProtocol.Gone("v"), _owner);
        _user.ExpectMsg<TransferProtocol.PullFailed>();

        Assert.True(reception.IsUnwanted);
    }

    [Fact]
    public void When_the_actor_ends_its_receptions_do()
    {
        Pull(Reference("v", Small.Vector(Length, 1)), _owner);
        var reception = Begin("v");
        Watch(_transfer);

        Sys.Stop(_transfer);
        ExpectTerminated(_transfer);

        Assert.True(reception.IsUnwanted);
    }

    [Fact]
    public void Bytes_with_another_hash_are_never_handed_out()
    {
        var announced = Small.Vector(Length, 1);
        var altered = Small.Vector(Length, 2);
        Pull(Reference("v", announced), _owner);

        Begin("v").Complete(altered);
        Begin("v").Complete(altered);

        Assert.Contains("not those that were announced", _user.ExpectMsg<TransferProtocol.PullFailed>().Reason);
    }

    [Fact]
    public void Bytes_that_were_altered_once_are_pulled_again()
    {
        var vector = Small.Vector(Length, 1);
        Pull(Reference("v", vector), _owner);

        Begin("v").Complete(Small.Vector(Length, 2));
        Begin("v").Complete(vector);

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

        Begin("v").Complete(vector);

        Assert.Equal(vector, ExpectPulled());
        Assert.Equal(vector, second.ExpectMsg<TransferProtocol.Pulled>().Vector);
        _owner.ExpectMsg(new TransferProtocol.Delivered("v"));
        AssertNothingMore(_owner);
    }

    [Fact]
    public void A_version_that_was_kept_is_not_pulled_again()
    {
        var vector = Small.Vector(Length, 1);
        var reference = Reference("v", vector);
        Pull(reference, _owner, keep: true);
        Begin("v").Complete(vector);
        ExpectPulled();
        _owner.ExpectMsg<TransferProtocol.Delivered>();

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
        Begin("v").Complete(vector);
        ExpectPulled();

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

        var first = Begin("v0");
        _owner.ExpectMsg(new TransferProtocol.Request("v1", 0));
        AssertNothingMore(_owner);

        first.Complete(vectors[0]);

        Assert.Equal(vectors[0], ExpectPulled());
        _owner.ExpectMsg(new TransferProtocol.Delivered("v0"));
        _owner.ExpectMsg(new TransferProtocol.Request("v2", 0));
    }

    [Fact]
    public void Who_asks_for_what_is_on_offer_gets_a_ticket_for_what_he_lacks()
    {
        var vector = Small.Vector(Length, 1);
        _transfer.Tell(new TransferProtocol.Offer("v", vector, Once: false));

        Ask("v", 400);

        var ticket = _user.ExpectMsg<TransferProtocol.Ticket>();
        Assert.Equal(("v", _channel.Port), (ticket.Name, ticket.Port));
        Assert.Equal(vector.Bytes[400..].ToArray(), _channel.Behind(ticket.Key));
    }

    [Fact]
    public void What_is_offered_once_goes_when_it_is_delivered()
    {
        _transfer.Tell(new TransferProtocol.Offer("v", Small.Vector(Length, 1), Once: true));
        Ask("v");
        var ticket = _user.ExpectMsg<TransferProtocol.Ticket>();

        _transfer.Tell(new TransferProtocol.Delivered("v"), _user);
        Ask("v");

        _user.ExpectMsg(new TransferProtocol.Gone("v"));
        Assert.Null(_channel.Behind(ticket.Key));
    }

    [Fact]
    public void A_version_stays_on_offer_until_it_is_withdrawn()
    {
        _transfer.Tell(new TransferProtocol.Offer("v", Small.Vector(Length, 1), Once: false));
        _transfer.Tell(new TransferProtocol.Delivered("v"), _user);
        Ask("v");
        var ticket = _user.ExpectMsg<TransferProtocol.Ticket>();

        _transfer.Tell(new TransferProtocol.Withdraw("v"));
        Ask("v");

        _user.ExpectMsg(new TransferProtocol.Gone("v"));
        Assert.Null(_channel.Behind(ticket.Key));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Size)]
    public void A_request_that_makes_no_sense_is_not_answered(int offset)
    {
        _transfer.Tell(new TransferProtocol.Offer("v", Small.Vector(Length, 1), Once: false));

        Ask("v", offset);
        Ask("w");

        _user.ExpectMsg(new TransferProtocol.Gone("w"));
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
    public void An_empty_vector_needs_no_connection()
    {
        var vector = ParameterVector.Zeros(0);

        Pull(Reference("v", vector), _owner);

        Assert.Equal(0, ExpectPulled().Length);
    }

    private static VectorReference Reference(string name, ParameterVector vector) => new(name, vector.Hash, vector.Length);

    private void Pull(VectorReference reference, IActorRef? owner, bool keep = false) =>
        _transfer.Tell(new TransferProtocol.Pull(reference, owner, keep), _user);

    private ParameterVector ExpectPulled() => _user.ExpectMsg<TransferProtocol.Pulled>().Vector;

    /// <summary>Answers the owner's next request, which must be for this, with a ticket.</summary>
    private ScriptedChannel.Reception Begin(string name, int offset = 0)
    {
        _owner.ExpectMsg(new TransferProtocol.Request(name, offset));
        _transfer.Tell(new TransferProtocol.Ticket(name, 99, Guid.NewGuid()), _owner);
        return NextReception();
    }

    /// <summary>The next reception, when the actor waits for its end.</summary>
    private ScriptedChannel.Reception NextReception()
    {
        var reception = _channel.Next(RemainingOrDefault);
        AwaitHandled(_transfer);
        return reception;
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

    private void Ask(string name, int offset = 0) => _transfer.Tell(new TransferProtocol.Request(name, offset), _user);
}
