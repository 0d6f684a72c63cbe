using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestActors;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class EventStreamTests : ActorConformance
{
    [Fact]
    public async Task A_subscriber_gets_the_type_and_what_derives_from_it()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));

        Sys.EventStream.Publish(new Animal());
        Sys.EventStream.Publish(new Dog());
        Sys.EventStream.Publish("no animal");

        await ExpectMsgAsync<Animal>();
        await ExpectMsgAsync<Dog>();
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_subscriber_to_an_interface_gets_what_implements_it()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IBarking));

        Sys.EventStream.Publish(new Animal());
        Sys.EventStream.Publish(new Dog());

        await ExpectMsgAsync<Dog>();
    }

    [Fact]
    public async Task An_event_comes_once_however_often_it_fits()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));

        Sys.EventStream.Publish(new Dog());

        await ExpectMsgAsync<Dog>();
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task After_Unsubscribe_nothing_comes()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Unsubscribe(TestActor, typeof(Animal));
        Sys.EventStream.Publish(new Animal());
        await ExpectNoMsgAsync(Quiet);

        Sys.EventStream.Subscribe<Animal>(TestActor);
        Sys.EventStream.Unsubscribe(TestActor);
        Sys.EventStream.Publish(new Animal());
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task What_is_told_to_the_dead_is_a_dead_letter()
    {
        var target = ActorOf(BlackHoleActor.Props);
        await WatchAsync(target);
        Sys.Stop(target);
        await ExpectTerminatedAsync(target);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        target.Tell("too late");

        var letter = await ExpectMsgAsync<DeadLetter>();
        Assert.Equal("too late", letter.Message);
        Assert.Equal(TestActor, letter.Sender);
        Assert.Equal(target.Path, letter.Recipient.Path);
    }

    [Fact]
    public async Task What_is_told_to_the_dead_letter_reference_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        Sys.DeadLetters.Tell("lost");

        await ExpectMsgAsync<DeadLetter>(letter => letter.Message.Equals("lost") && letter.Recipient.Equals(Sys.DeadLetters));
    }

    [Fact]
    public async Task A_message_that_asks_for_it_is_suppressed_as_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var other = CreateTestProbe();
        Sys.EventStream.Subscribe(other.Ref, typeof(AllDeadLetters));

        Sys.DeadLetters.Tell(new Unimportant());

        await other.ExpectMsgAsync<SuppressedDeadLetter>(letter => letter.Message is Unimportant);
        await ExpectNoMsgAsync(Quiet);
    }

    private class Animal
    {
    }

    private interface IBarking
    {
    }

    private sealed class Dog : Animal, IBarking
    {
    }

    private sealed class Unimportant : IDeadLetterSuppression
    {
    }
}
