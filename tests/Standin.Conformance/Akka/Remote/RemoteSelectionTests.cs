using Akka.Actor;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class RemoteSelectionTests : RemoteConformance
{
    [Fact]
    public void A_node_has_an_address_with_the_port_that_it_found()
    {
        var address = AddressOf(Sys);

        Assert.Equal("akka.tcp", address.Protocol);
        Assert.Equal(Sys.Name, address.System);
        Assert.Equal("127.0.0.1", address.Host);
        Assert.NotEqual(0, address.Port);
    }

    [Fact]
    public async Task A_selection_reaches_an_actor_of_another_node()
    {
        var node = Node();
        node.ActorOf(Props.Create(() => new Echo()), "echo");

        Sys.ActorSelection($"{AddressOf(node)}/user/echo").Tell("hello", TestActor);

        await ExpectMsgAsync("hello");
    }

    [Fact]
    public async Task A_pattern_reaches_all_that_match_on_another_node()
    {
        var node = Node();
        node.ActorOf(Props.Create(() => new Echo()), "echo-1");
        node.ActorOf(Props.Create(() => new Echo()), "echo-2");
        node.ActorOf(Props.Create(() => new Echo()), "other");

        Sys.ActorSelection($"{AddressOf(node)}/user/echo-*").Tell("hello", TestActor);

        await ExpectMsgAsync("hello");
        await ExpectMsgAsync("hello");
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task Identify_finds_an_actor_of_another_node()
    {
        var node = Node();
        var home = node.ActorOf(Props.Create(() => new Echo()), "echo");

        var identity = await Sys.ActorSelection($"{AddressOf(node)}/user/echo").Ask<ActorIdentity>(new Identify("id"), Patience);

        Assert.Equal("id", identity.MessageId);
        Assert.Equal(home.Path.Uid, identity.Subject.Path.Uid);
        Assert.Equal(AddressOf(node), identity.Subject.Path.Address);
        Assert.Equal("hello", await identity.Subject.Ask<string>("hello", Patience));
    }

    [Fact]
    public async Task Identify_says_that_nobody_is_there()
    {
        var node = Node();

        var identity = await Sys.ActorSelection($"{AddressOf(node)}/user/missing").Ask<ActorIdentity>(new Identify(7), Patience);

        Assert.Equal(7, identity.MessageId);
        Assert.Null(identity.Subject);
    }

    [Fact]
    public async Task Resolving_gives_the_reference_of_a_living_actor()
    {
        var node = Node();
        var home = node.ActorOf(Props.Create(() => new Echo()), "echo");

        var echo = await Sys.ActorSelection($"{AddressOf(node)}/user/echo").ResolveOne(Patience);

        Assert.Equal(Seen(Sys, home, node), echo);
    }

    [Fact]
    public void A_path_with_the_own_address_is_the_local_actor()
    {
        var home = Sys.ActorOf(Props.Create(() => new Echo()), "echo");

        Assert.Same(home, ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(home.Path.ToSerializationFormatWithAddress(AddressOf(Sys))));
    }

    [Fact]
    public void A_reference_to_another_node_keeps_its_path()
    {
        const string Path = "akka.tcp://elsewhere@127.0.0.1:9/user/a/b#17";

        var reference = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(Path);

        Assert.Equal(Path, reference.Path.ToSerializationFormat());
        Assert.Equal(Path, Akka.Serialization.Serialization.SerializedActorPath(reference));
    }
}
