using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message between cells, which overtakes the messages between actors.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded
{
}

/// <summary>
/// A system message that is its own link in a mailbox's list, so that sending one allocates nothing more.
/// One object must therefore never be sent twice.
/// </summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage Next { get; set; }

    public bool Unlinked => Next is null;

    public void Unlink() => Next = null;

    /// <summary>Turns a list around: newest-first becomes oldest-first.</summary>
    internal static SystemMessage Reverse(SystemMessage list)
    {
        SystemMessage reversed = null;
        while (list is not null)
        {
            var next = list.Next;
            list.Next = reversed;
            reversed = list;
            list = next;
        }

        return reversed;
    }
}

/// <summary>A message that waits while the actor is suspended by a failure.</summary>
internal interface IStashWhenFailed
{
}

/// <summary>A message that waits while the actor waits for its children to stop.</summary>
internal interface IStashWhenWaitingForChildren
{
}
