namespace Akka.Actor.Internal;

/// <summary>Why an actor waits for children to stop.</summary>
public abstract class SuspendReason
{
    /// <summary>While it lasts, some system messages wait too.</summary>
    public interface IWaitingForChildren
    {
    }

    /// <summary>The actor is to be made anew after it could not be made.</summary>
    public class Creation : SuspendReason, IWaitingForChildren
    {
    }

    /// <summary>The actor restarts.</summary>
    public class Recreation : SuspendReason, IWaitingForChildren
    {
        public Recreation(Exception cause) => Cause = cause;

        public Exception Cause { get; }
    }

    /// <summary>The actor stops.</summary>
    public class Termination : SuspendReason
    {
        private Termination()
        {
        }

        public static Termination Instance { get; } = new();
    }

    /// <summary>The actor stopped a child, and does not really wait.</summary>
    public class UserRequest : SuspendReason
    {
        private UserRequest()
        {
        }

        public static UserRequest Instance { get; } = new();
    }
}
