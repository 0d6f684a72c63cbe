using Akka.Event;

namespace Akka.Actor;

/// <summary>A node was given up: nobody who lived there will be heard of again.</summary>
internal sealed class AddressTerminated(Address address) : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public Address Address { get; } = address;

    public override string ToString() => $"<AddressTerminated>: {Address}";
}
