namespace Akka.Actor;

/// <summary>A message that the actor's cell handles itself.</summary>
public interface IAutoReceivedMessage
{
}

/// <summary>A message that an untrusted sender may not send.</summary>
public interface IPossiblyHarmful
{
}

/// <summary>A message that does not put off the <see cref="ReceiveTimeout"/>.</summary>
public interface INotInfluenceReceiveTimeout
{
}

/// <summary>A message that <c>serialize-messages = on</c> leaves alone.</summary>
public interface INoSerializationVerificationNeeded
{
}

/// <summary>A message inside which another one travels.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}

/// <summary>Reads through wrapped messages.</summary>
public static class WrappedMessage
{
    /// <summary>The innermost message.</summary>
    public static object Unwrap(object message)
    {
        while (message is IWrappedMessage wrapped)
        {
            message = wrapped.Message;
        }

        return message;
    }
}

/// <summary>Marks an actor whose received messages are logged under <c>akka.actor.debug.receive</c>.</summary>
public interface ILogReceive
{
}
