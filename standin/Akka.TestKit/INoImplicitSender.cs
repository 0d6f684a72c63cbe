namespace Akka.TestKit;

/// <summary>Marks a test class in which the test actor is not the sender of what the test tells.</summary>
public interface INoImplicitSender
{
}
