using Akka.Event;
using FedActors.Host.Hosts;

namespace FedActors.Host.Tests.Hosts;

public sealed class RefusalWatcherTests
{
    [Theory]
    [InlineData("Serializer not defined for message with serializer id [1]", true)]
    [InlineData("Failed to deserialize payload", true)]
    [InlineData("Association with remote system has failed", false)]
    public void A_message_that_was_refused_is_told_from_a_host_that_is_gone(string text, bool refused)
    {
        Assert.Equal(refused, RefusalWatcher.IsRefusal(new Warning("source", typeof(object), text)));
    }
}
